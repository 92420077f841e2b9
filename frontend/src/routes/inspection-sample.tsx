import { getRouteApi } from '@tanstack/react-router';
import { SampleScreen } from '@/features/inspection/SampleScreen';

const route = getRouteApi('/officer/inspections/$id/samples/$sample');

export function InspectionSamplePage() {
  const { id, sample } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SampleScreen
      key={sample}
      inspection={id}
      sample={sample}
      search={search}
      onGo={(next) => void navigate({ search: next })}
    />
  );
}
