import { getRouteApi } from '@tanstack/react-router';
import { RegisterScreen } from '@/features/register/RegisterScreen';

const route = getRouteApi('/officer/register');

export function RegisterPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <RegisterScreen search={search} onGo={(next) => void navigate({ search: next })} />;
}
