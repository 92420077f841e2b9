import { getRouteApi } from '@tanstack/react-router';
import { CalendarScreen } from '@/features/calendar/CalendarScreen';

const route = getRouteApi('/officer/calendar');

export function CalendarPage() {
  const { month } = route.useSearch();
  const navigate = route.useNavigate();
  return <CalendarScreen month={month} onMonth={(next) => void navigate({ search: { month: next } })} />;
}
