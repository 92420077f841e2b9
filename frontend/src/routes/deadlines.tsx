import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { meQuery } from '@/features/account/api';
import { BoardScreen } from '@/features/watch/BoardScreen';
import { WallScreen } from '@/features/watch/WallScreen';

const route = getRouteApi('/officer/deadlines');

export function DeadlinesPage() {
  const { wall } = route.useSearch();
  const navigate = route.useNavigate();
  const me = useQuery(meQuery()).data;
  if (!me) return null;
  if (wall) return <WallScreen onLeave={() => void navigate({ search: {} })} />;
  return <BoardScreen me={me} onWall={() => void navigate({ search: { wall: 1 } })} />;
}
