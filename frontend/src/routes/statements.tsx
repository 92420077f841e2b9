import { getRouteApi } from '@tanstack/react-router';
import { StatementsScreen } from '@/features/statement/StatementsScreen';

const route = getRouteApi('/officer/statements');

export function StatementsPage() {
  const navigate = route.useNavigate();
  return <StatementsScreen search={route.useSearch()} onSearch={(search) => void navigate({ search })} />;
}
