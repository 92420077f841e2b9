import { getRouteApi } from '@tanstack/react-router';
import { ClosingScreen } from '@/features/closing/ClosingScreen';

const route = getRouteApi('/officer/closing/$id');

export function ClosingPage() {
  const { id } = route.useParams();
  return <ClosingScreen key={id} id={id} />;
}
