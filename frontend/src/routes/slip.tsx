import { getRouteApi } from '@tanstack/react-router';
import { SlipScreen } from '@/features/letter/SlipScreen';

const route = getRouteApi('/officer/dossiers/$id/slip');

export function SlipPage() {
  const { id } = route.useParams();
  const { number } = route.useSearch();
  return <SlipScreen id={id} number={number} />;
}
