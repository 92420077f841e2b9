import { getRouteApi } from '@tanstack/react-router';
import { LookupScreen } from '@/features/open/LookupScreen';

const route = getRouteApi('/open/tra-cuu');

export function LookupPage() {
  const { ma } = route.useSearch();
  return <LookupScreen code={ma} />;
}
