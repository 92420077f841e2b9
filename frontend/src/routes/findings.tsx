import { getRouteApi } from '@tanstack/react-router';
import { FindingsScreen } from '@/features/inspection/FindingsScreen';

const route = getRouteApi('/officer/findings');

export function FindingsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <FindingsScreen search={search} onGo={(next) => void navigate({ search: next })} />;
}
