import { getRouteApi } from '@tanstack/react-router';
import { MoneyScreen } from '@/features/payment/MoneyScreen';

const route = getRouteApi('/officer/money');

export function MoneyPage() {
  const navigate = route.useNavigate();
  return <MoneyScreen search={route.useSearch()} onSearch={(search) => void navigate({ search })} />;
}
