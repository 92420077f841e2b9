import { getRouteApi } from '@tanstack/react-router';
import { ReceiptsScreen } from '@/features/receipt/ReceiptsScreen';

const route = getRouteApi('/officer/receipts');

export function ReceiptsPage() {
  const navigate = route.useNavigate();
  return <ReceiptsScreen search={route.useSearch()} onSearch={(search) => void navigate({ search })} />;
}
