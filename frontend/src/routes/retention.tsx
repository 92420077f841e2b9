import { getRouteApi } from '@tanstack/react-router';
import { RetentionScreen } from '@/features/personal/RetentionScreen';

const route = getRouteApi('/officer/retention');

export function RetentionPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <RetentionScreen search={search} onGo={(next) => void navigate({ search: next })} />;
}
