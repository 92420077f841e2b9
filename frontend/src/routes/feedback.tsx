import { getRouteApi } from '@tanstack/react-router';
import { FeedbackScreen } from '@/features/feedback/FeedbackScreen';

const route = getRouteApi('/officer/feedback');

export function FeedbackPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <FeedbackScreen search={search} onGo={(next) => void navigate({ search: next })} />;
}
