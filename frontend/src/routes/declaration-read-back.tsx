import { getRouteApi } from '@tanstack/react-router';
import { ReadBackScreen } from '@/features/declaration/ReadBackScreen';

const route = getRouteApi('/officer/declarations/$id/read-back');

export function DeclarationReadBackPage() {
  const { id } = route.useParams();
  return <ReadBackScreen key={id} id={id} />;
}
