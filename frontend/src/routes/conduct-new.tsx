import { getRouteApi } from '@tanstack/react-router';
import { NewConductScreen } from '@/features/inspection/NewConductScreen';

const route = getRouteApi('/officer/conduct-records/new');

export function NewConductPage() {
  const navigate = route.useNavigate();
  return <NewConductScreen onDone={(id) => void navigate({ to: '/conduct-records/$id', params: { id } })} />;
}
