import { getRouteApi } from '@tanstack/react-router';
import { AmendScreen } from '@/features/intake/AmendScreen';

const route = getRouteApi('/officer/dossiers/$id/amend');

export function AmendPage() {
  const { id } = route.useParams();
  return <AmendScreen id={id} />;
}
