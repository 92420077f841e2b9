import { getRouteApi } from '@tanstack/react-router';
import { DossierScreen } from '@/features/dossier/DossierScreen';

const route = getRouteApi('/officer/dossiers/$id');

export function DossierPage() {
  const { id } = route.useParams();
  const { inspection } = route.useSearch();
  return <DossierScreen key={id} id={id} inspection={inspection} />;
}
