import { getRouteApi } from '@tanstack/react-router';
import { ClosingsScreen } from '@/features/closing/ClosingsScreen';

const route = getRouteApi('/officer/closing');

export function ClosingsPage() {
  const navigate = route.useNavigate();
  return (
    <ClosingsScreen
      cursor={route.useSearch().cursor}
      onGo={(cursor) => void navigate({ search: { cursor } })}
    />
  );
}
