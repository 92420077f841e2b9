import { getRouteApi } from '@tanstack/react-router';
import { CompareScreen } from '@/features/draft/CompareScreen';

const route = getRouteApi('/officer/catalogue/$code/compare');

export function CompareVersionsPage() {
  const { code } = route.useParams();
  const { from, to } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <CompareScreen
      code={code}
      from={from}
      to={to}
      onChoose={(search) => void navigate({ search, replace: true })}
    />
  );
}
