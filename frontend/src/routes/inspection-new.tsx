import { getRouteApi } from '@tanstack/react-router';
import { OpenInspectionScreen } from '@/features/inspection/OpenInspectionScreen';

const route = getRouteApi('/officer/inspections/new');

export function OpenInspectionPage() {
  const navigate = route.useNavigate();
  return <OpenInspectionScreen onDone={(id) => void navigate({ to: '/inspections/$id', params: { id } })} />;
}
