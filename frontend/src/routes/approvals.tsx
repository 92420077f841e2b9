import { getRouteApi } from '@tanstack/react-router';
import { ApprovalsScreen } from '@/features/dossier/ApprovalsScreen';

const route = getRouteApi('/officer/approvals');

export function ApprovalsPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <ApprovalsScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
