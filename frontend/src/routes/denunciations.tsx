import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { meQuery } from '@/features/account/api';
import { DenunciationsScreen } from '@/features/feedback/DenunciationsScreen';

const route = getRouteApi('/officer/denunciations');

export function DenunciationsPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const me = useQuery(meQuery()).data;
  if (!me) return null;
  return (
    <DenunciationsScreen
      me={me}
      cursor={cursor}
      onGo={(next) => void navigate({ search: { cursor: next } })}
    />
  );
}
