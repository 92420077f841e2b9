import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { meQuery } from '@/features/account/api';
import { ConductScreen } from '@/features/inspection/ConductScreen';

const route = getRouteApi('/officer/conduct-records');

export function ConductPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const me = useQuery(meQuery()).data;
  if (!me) return null;
  return <ConductScreen me={me} search={search} onGo={(next) => void navigate({ search: next })} />;
}
