import { useNavigate } from '@tanstack/react-router';
import { MakeScreen } from '@/features/indices/MakeScreen';

export function MakeIndicesPage() {
  const navigate = useNavigate();
  return <MakeScreen onDone={(id) => void navigate({ to: '/indices/$id', params: { id } })} />;
}
