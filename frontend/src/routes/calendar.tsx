import { getRouteApi } from '@tanstack/react-router';
import { CalendarScreen } from '@/features/calendar/CalendarScreen';

const route = getRouteApi('/officer/calendar');

export function CalendarPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <CalendarScreen
      search={search}
      onGo={(next, stay) => void navigate({ search: next, replace: stay, resetScroll: !stay })}
    />
  );
}
