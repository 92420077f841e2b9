import { NewFeedbackScreen } from '@/features/feedback/NewFeedbackScreen';

export function NewFeedbackPage() {
  return <NewFeedbackScreen />;
}
