import { getRouteApi } from '@tanstack/react-router';
import { QuestionnaireScreen } from '@/features/survey/QuestionnaireScreen';

const route = getRouteApi('/officer/surveys/questionnaires/$id');

export function QuestionnairePage() {
  const { id } = route.useParams();
  return <QuestionnaireScreen id={id} />;
}
