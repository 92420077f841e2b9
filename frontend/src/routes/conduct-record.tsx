import { getRouteApi } from '@tanstack/react-router';
import { ConductRecordScreen } from '@/features/inspection/ConductRecordScreen';

const route = getRouteApi('/officer/conduct-records/$id');

export function ConductRecordPage() {
  const { id } = route.useParams();
  return <ConductRecordScreen key={id} id={id} />;
}
