import { getRouteApi } from '@tanstack/react-router';
import { DenunciationScreen } from '@/features/feedback/DenunciationScreen';

const route = getRouteApi('/officer/denunciations/$id');

export function DenunciationPage() {
  const { id } = route.useParams();
  return <DenunciationScreen key={id} id={id} />;
}
