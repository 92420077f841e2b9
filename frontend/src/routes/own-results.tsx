import { getRouteApi } from '@tanstack/react-router';
import { OwnScreen } from '@/features/indices/OwnScreen';

const route = getRouteApi('/officer/my-results');

export function OwnResultsPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <OwnScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
