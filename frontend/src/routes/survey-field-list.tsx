import { getRouteApi } from '@tanstack/react-router';
import { FieldListScreen } from '@/features/surveysample/FieldListScreen';

const route = getRouteApi('/officer/surveys/samples/$id/list');

export function SurveyFieldListPage() {
  const { id } = route.useParams();
  return <FieldListScreen id={id} />;
}
