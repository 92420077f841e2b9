import { getRouteApi } from '@tanstack/react-router';
import { PublicProcedureScreen } from '@/features/catalogue/ProcedureScreen';

const route = getRouteApi('/open/thu-tuc/$code');

export function PublicProcedurePage() {
  const { code } = route.useParams();
  return <PublicProcedureScreen code={code} />;
}
