import { getRouteApi } from '@tanstack/react-router';
import { NewQuestionnaireScreen } from '@/features/survey/QuestionnaireScreen';

const route = getRouteApi('/officer/surveys/questionnaires/new');

export function NewQuestionnairePage() {
  const { from } = route.useSearch();
  return <NewQuestionnaireScreen key={from ?? ''} from={from} />;
}
