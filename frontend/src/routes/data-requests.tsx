import { getRouteApi } from '@tanstack/react-router';
import { RequestsScreen } from '@/features/personal/RequestsScreen';

const route = getRouteApi('/officer/data-requests');

export function DataRequestsPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <RequestsScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
