import { getRouteApi } from '@tanstack/react-router';
import { PublicResultsScreen } from '@/features/surveyresult/PublicResultsScreen';

const route = getRouteApi('/open/ket-qua-khao-sat');

export function PublicSurveyResultsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <PublicResultsScreen search={search} onGo={(next) => void navigate({ search: next })} />;
}
