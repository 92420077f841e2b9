import { getRouteApi } from '@tanstack/react-router';
import { ObstacleScreen } from '@/features/feedback/ObstacleScreen';

const route = getRouteApi('/officer/obstacles/$id');

export function ObstaclePage() {
  const { id } = route.useParams();
  return <ObstacleScreen key={id} id={id} />;
}
