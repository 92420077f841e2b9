import { getRouteApi } from '@tanstack/react-router';
import { ClientsScreen } from '@/features/account/ClientsScreen';

const route = getRouteApi('/officer/clients');

export function ClientsPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <ClientsScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
