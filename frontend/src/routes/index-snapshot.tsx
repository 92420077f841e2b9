import { getRouteApi } from '@tanstack/react-router';
import { SnapshotScreen } from '@/features/indices/SnapshotScreen';

const route = getRouteApi('/officer/indices/$id');

export function IndexSnapshotPage() {
  const { id } = route.useParams();
  return <SnapshotScreen key={id} id={id} />;
}
