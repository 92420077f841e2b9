import { getRouteApi } from '@tanstack/react-router';
import { EditorScreen } from '@/features/draft/EditorScreen';

const route = getRouteApi('/officer/catalogue-drafts/$id');

export function DraftPage() {
  const { id } = route.useParams();
  return <EditorScreen id={id} />;
}
