import { getRouteApi } from '@tanstack/react-router';
import { OwnConductScreen } from '@/features/inspection/OwnConductScreen';

const route = getRouteApi('/officer/my-records');

export function OwnConductPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <OwnConductScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
