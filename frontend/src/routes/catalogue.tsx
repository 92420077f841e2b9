import { getRouteApi } from '@tanstack/react-router';
import { CatalogueScreen } from '@/features/catalogue/CatalogueScreen';

const route = getRouteApi('/officer/catalogue');

export function CataloguePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <CatalogueScreen search={search} onSearch={(next) => void navigate({ search: next })} />;
}
