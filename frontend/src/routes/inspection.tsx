import { getRouteApi } from '@tanstack/react-router';
import { InspectionScreen } from '@/features/inspection/InspectionScreen';

const route = getRouteApi('/officer/inspections/$id');

export function InspectionPage() {
  const { id } = route.useParams();
  return <InspectionScreen key={id} id={id} />;
}
