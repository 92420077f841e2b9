import { getRouteApi } from '@tanstack/react-router';
import { SamplesScreen } from '@/features/surveysample/SamplesScreen';

const route = getRouteApi('/officer/surveys/samples');

export function SurveySamplesPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <SamplesScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
