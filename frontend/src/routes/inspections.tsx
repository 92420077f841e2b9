import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { meQuery } from '@/features/account/api';
import { InspectionsScreen } from '@/features/inspection/InspectionsScreen';

const route = getRouteApi('/officer/inspections');

export function InspectionsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const me = useQuery(meQuery()).data;
  if (!me) return null;
  return <InspectionsScreen me={me} search={search} onGo={(next) => void navigate({ search: next })} />;
}
