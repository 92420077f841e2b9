import { getRouteApi } from '@tanstack/react-router';
import { ResultsScreen } from '@/features/surveyresult/ResultsScreen';

const route = getRouteApi('/officer/surveys/results');

export function SurveyResultsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <ResultsScreen search={search} onGo={(next) => void navigate({ search: next })} />;
}
