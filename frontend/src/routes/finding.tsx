import { getRouteApi } from '@tanstack/react-router';
import { FindingScreen } from '@/features/inspection/FindingScreen';

const route = getRouteApi('/officer/findings/$id');

export function FindingPage() {
  const { id } = route.useParams();
  return <FindingScreen key={id} id={id} />;
}
