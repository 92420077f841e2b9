import { getRouteApi } from '@tanstack/react-router';
import { BookScreen } from '@/features/certification/BookScreen';

const route = getRouteApi('/officer/certification-book');

export function CertificationBookPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <BookScreen search={search} onGo={(next) => void navigate({ search: next })} />;
}
