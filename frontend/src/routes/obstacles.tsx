import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { meQuery } from '@/features/account/api';
import { ObstaclesScreen } from '@/features/feedback/ObstaclesScreen';

const route = getRouteApi('/officer/obstacles');

export function ObstaclesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const me = useQuery(meQuery()).data;
  if (!me) return null;
  return <ObstaclesScreen me={me} search={search} onGo={(next) => void navigate({ search: next })} />;
}
