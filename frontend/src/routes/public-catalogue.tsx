import { getRouteApi } from '@tanstack/react-router';
import { PublicCatalogueScreen } from '@/features/catalogue/CatalogueScreen';

const route = getRouteApi('/open/thu-tuc');

export function PublicCataloguePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <PublicCatalogueScreen search={search} onSearch={(next) => void navigate({ search: next })} />;
}
