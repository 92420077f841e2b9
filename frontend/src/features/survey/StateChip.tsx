import { useWord } from '@/shared/i18n/useWord';
import type { IconName } from '@/shared/ui/Icon';
import { Chip, type Tone } from '@/shared/ui/Notice';

const looks: Record<string, { tone: Tone; icon: IconName }> = {
  draft: { tone: 'soon', icon: 'edit' },
  published: { tone: 'good', icon: 'check' },
};

/** Where a questionnaire stands. */
export function StateChip({ state }: { state: string }) {
  const word = useWord();
  return <Chip {...(looks[state] ?? { tone: 'plain', icon: 'cross' })}>{word('survey:state', state)}</Chip>;
}
