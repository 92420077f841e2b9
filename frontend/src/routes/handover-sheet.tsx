import { getRouteApi } from '@tanstack/react-router';
import { HandoverSheetScreen } from '@/features/handover/HandoverSheetScreen';

const route = getRouteApi('/officer/handover-sheet');

export function HandoverSheetPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <HandoverSheetScreen search={search} onGo={(next) => void navigate({ search: next })} />;
}
