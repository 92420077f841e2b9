import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { meQuery } from '@/features/account/api';
import { RosterScreen } from '@/features/roster/RosterScreen';

const route = getRouteApi('/officer/roster');

export function RosterPage() {
  const search = route.useSearch();
  const me = useQuery(meQuery()).data;
  if (!me) return null;
  return <RosterScreen me={me} search={search} />;
}
