import { getRouteApi } from '@tanstack/react-router';
import { DraftsScreen } from '@/features/draft/DraftsScreen';

const route = getRouteApi('/officer/catalogue-drafts');

export function DraftsPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <DraftsScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
