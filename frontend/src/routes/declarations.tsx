import { getRouteApi } from '@tanstack/react-router';
import { DeclarationsScreen } from '@/features/declaration/DeclarationsScreen';

const route = getRouteApi('/officer/declarations');

export function DeclarationsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <DeclarationsScreen search={search} onGo={(to) => void navigate({ search: to })} />;
}
