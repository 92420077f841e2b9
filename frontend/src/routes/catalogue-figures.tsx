import { getRouteApi } from '@tanstack/react-router';
import { FiguresScreen } from '@/features/upkeep/FiguresScreen';

const route = getRouteApi('/officer/catalogue-figures');

export function CatalogueFiguresPage() {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <FiguresScreen cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
