import type { Certainty } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { Chip } from '@/shared/ui/Notice';

/** How sure we are of a figure; a certain one says nothing. */
export function Sure({ certainty }: { certainty: Certainty | null | undefined }) {
  const word = useWord();
  if (!certainty || certainty === 'law' || certainty === 'seen') return null;
  return <Chip icon="info">{word('catalogue:certainty', certainty)}</Chip>;
}
