import { getRouteApi } from '@tanstack/react-router';
import { OfficerResultsScreen } from '@/features/surveyresult/OfficerResultsScreen';

const route = getRouteApi('/officer/surveys/mine');

export function OwnSurveyResultsPage() {
  const { quarter } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <OfficerResultsScreen quarter={quarter} onGo={(next) => void navigate({ search: { quarter: next } })} />
  );
}
