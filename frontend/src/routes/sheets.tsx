import { getRouteApi } from '@tanstack/react-router';
import { SheetsScreen } from '@/features/sheet/SheetsScreen';

const route = getRouteApi('/officer/sheets');

export function SheetsPage() {
  const navigate = route.useNavigate();
  return <SheetsScreen search={route.useSearch()} onSearch={(search) => void navigate({ search })} />;
}
