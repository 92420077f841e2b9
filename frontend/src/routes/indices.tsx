import { getRouteApi } from '@tanstack/react-router';
import { IndicesScreen } from '@/features/indices/IndicesScreen';

const route = getRouteApi('/officer/indices');

export function IndicesPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <IndicesScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
