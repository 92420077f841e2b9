import { getRouteApi } from '@tanstack/react-router';
import { LineScreen } from '@/features/indices/LineScreen';

const route = getRouteApi('/officer/indices/$id/lines/$line');

export function IndexLinePage() {
  const { id, line } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <LineScreen
      key={line}
      id={id}
      line={line}
      search={search}
      onGo={(next) => void navigate({ search: next })}
    />
  );
}
