import { getRouteApi } from '@tanstack/react-router';
import { SampleScreen } from '@/features/surveysample/SampleScreen';

const route = getRouteApi('/officer/surveys/samples/$id');

export function SurveySamplePage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <SampleScreen id={id} search={search} onGo={(next) => void navigate({ search: next })} />;
}
