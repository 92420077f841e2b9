import { getRouteApi } from '@tanstack/react-router';
import { RemarksScreen } from '@/features/surveyresult/RemarksScreen';

const route = getRouteApi('/officer/surveys/remarks');

export function SurveyRemarksPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <RemarksScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
