import { getRouteApi } from '@tanstack/react-router';
import { FiledLookupScreen, FileScreen, PublishedScreen } from '@/features/feedback/PublicScreens';

const filing = getRouteApi('/open/gop-y');
const publishedRoute = getRouteApi('/open/gop-y/cong-khai');

export function FilePage() {
  const { qr } = filing.useSearch();
  return <FileScreen byQr={qr === 1} />;
}

export function FiledLookupPage() {
  return <FiledLookupScreen />;
}

export function PublishedPage() {
  const { cursor } = publishedRoute.useSearch();
  const navigate = publishedRoute.useNavigate();
  return <PublishedScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
