import { getRouteApi } from '@tanstack/react-router';
import { UsersScreen } from '@/features/account/UsersScreen';

const route = getRouteApi('/officer/users');

export function UsersPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <UsersScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
