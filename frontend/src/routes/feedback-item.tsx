import { getRouteApi } from '@tanstack/react-router';
import { FeedbackItemScreen } from '@/features/feedback/FeedbackItemScreen';

const route = getRouteApi('/officer/feedback/$id');

export function FeedbackItemPage() {
  const { id } = route.useParams();
  return <FeedbackItemScreen key={id} id={id} />;
}
