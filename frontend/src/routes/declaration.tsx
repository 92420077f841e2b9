import { getRouteApi } from '@tanstack/react-router';
import { DeclarationScreen } from '@/features/declaration/DeclarationScreen';

const route = getRouteApi('/officer/declarations/$id');

export function DeclarationPage() {
  const { id } = route.useParams();
  return <DeclarationScreen key={id} id={id} />;
}
