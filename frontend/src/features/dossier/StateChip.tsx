import { useTranslation } from 'react-i18next';
import type { Dossier, DossierState } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import type { IconName } from '@/shared/ui/Icon';
import { Chip, type Tone } from '@/shared/ui/Notice';

const looks: Record<DossierState, [Tone, IconName]> = {
  draft: ['plain', 'info'],
  submitted: ['accent', 'intake'],
  intake_supplement_requested: ['rest', 'pause'],
  accepted: ['accent', 'folder'],
  refused_at_intake: ['plain', 'cross'],
  processing: ['accent', 'work'],
  supplement_requested: ['rest', 'pause'],
  payment_required: ['rest', 'pause'],
  on_hold: ['rest', 'pause'],
  withdrawn: ['plain', 'cross'],
  stopped: ['plain', 'cross'],
  transferred: ['plain', 'send'],
  completed: ['good', 'check'],
  returned: ['good', 'check'],
};

/** The state in an officer's words; the sub-state replaces it where it says more. */
export function StateChip({ dossier }: { dossier: Pick<Dossier, 'state' | 'sub_state'> }) {
  const { t } = useTranslation('dossier');
  const word = useWord();
  // A result that is being put right is work again, though it was handed back.
  const [tone, icon] = looks[dossier.sub_state === 'correcting' ? 'processing' : dossier.state];
  const state = t(`state.${dossier.state}`);
  return (
    <Chip tone={tone} icon={icon}>
      {dossier.sub_state ? word('dossier:subState', dossier.sub_state, state) : state}
    </Chip>
  );
}
