import { getRouteApi } from '@tanstack/react-router';
import { TillScreen } from '@/features/payment/TillScreen';

const route = getRouteApi('/officer/till');

export function TillPage() {
  const navigate = route.useNavigate();
  return (
    <TillScreen
      search={route.useSearch()}
      onSearch={(part) => void navigate({ search: (before) => ({ ...before, ...part }) })}
    />
  );
}
