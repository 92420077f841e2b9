import { getRouteApi } from '@tanstack/react-router';
import { NewFindingScreen } from '@/features/inspection/NewFindingScreen';

const route = getRouteApi('/officer/inspections/$id/findings/new');

export function NewFindingPage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <NewFindingScreen
      inspection={id}
      search={search}
      onDone={(made) => void navigate({ to: '/findings/$id', params: { id: made } })}
    />
  );
}
