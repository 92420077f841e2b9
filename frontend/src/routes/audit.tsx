import { getRouteApi } from '@tanstack/react-router';
import { AuditScreen } from '@/features/audit/AuditScreen';

const route = getRouteApi('/officer/audit');

export function AuditPage() {
  const { subject, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <AuditScreen subject={subject} cursor={cursor} onGo={(to) => void navigate({ search: to })} />;
}
