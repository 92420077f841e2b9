import { getRouteApi } from '@tanstack/react-router';
import { ProcedureScreen } from '@/features/catalogue/ProcedureScreen';

const route = getRouteApi('/officer/catalogue/$code');

export function ProcedurePage() {
  const { code } = route.useParams();
  return <ProcedureScreen code={code} />;
}
