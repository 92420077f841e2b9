import { getRouteApi } from '@tanstack/react-router';
import { DossiersScreen } from '@/features/inspection/DossiersScreen';

const route = getRouteApi('/officer/inspections/$id/dossiers');

export function InspectionDossiersPage() {
  const { id } = route.useParams();
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <DossiersScreen id={id} cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />
  );
}
