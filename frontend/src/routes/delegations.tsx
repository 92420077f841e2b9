import { getRouteApi } from '@tanstack/react-router';
import { DelegationsScreen } from '@/features/account/DelegationsScreen';

const route = getRouteApi('/officer/delegations');

export function DelegationsPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <DelegationsScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
