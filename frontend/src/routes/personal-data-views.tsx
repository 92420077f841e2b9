import { getRouteApi } from '@tanstack/react-router';
import { ViewsScreen } from '@/features/dossier/ViewsScreen';

const route = getRouteApi('/officer/dossiers/$id/views');

export function PersonalDataViewsPage() {
  const { id } = route.useParams();
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  return <ViewsScreen id={id} cursor={cursor} onGo={(next) => void navigate({ search: { cursor: next } })} />;
}
