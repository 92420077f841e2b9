import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { UnitsCard as DrawnUnits } from '@/features/sampling/UnitsCard';
import type { Inspection, InspectionSample, InspectionUnit } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import type { IconName } from '@/shared/ui/Icon';
import { Chip, type Tone } from '@/shared/ui/Notice';
import { unitsQuery } from './api';
import { CheckDialog } from './CheckDialog';
import css from './inspection.module.css';
import { Said } from './parts';
import { stateOf, unitStates, type UnitSearch, type UnitState } from './words';

const looks: Record<UnitState, { tone: Tone; icon: IconName }> = {
  unchecked: { tone: 'plain', icon: 'clock' },
  in_order: { tone: 'good', icon: 'check' },
  finding: { tone: 'late', icon: 'late' },
  not_found: { tone: 'soon', icon: 'cross' },
};

/** The dossiers of a sample in the order of the draw, with what came of checking each. */
export function UnitsCard(props: {
  inspection: Inspection;
  sample: InspectionSample;
  search: UnitSearch;
  onGo: (search: UnitSearch) => void;
}) {
  const { t } = useTranslation('inspection');
  const { inspection, sample, search } = props;
  const units = useQuery(unitsQuery(inspection.id, sample.id, search));
  return (
    <DrawnUnits
      title={t('sample.units')}
      lead={inspection.may_look ? t('sample.once') : undefined}
      units={units}
      search={{ state: search.outcome, cursor: search.cursor }}
      onGo={({ state, cursor }) => props.onGo({ outcome: state, cursor })}
      filter={{
        name: 'outcome',
        label: t('sample.show'),
        all: t('sample.all'),
        states: unitStates,
        word: (state) => t(`outcomes.${state}`),
      }}
      none={t('sample.noUnits')}
      columns={{
        place: t('sample.place'),
        dossier: t('sample.dossier'),
        owner: t('sample.owner'),
        state: t('sample.result'),
      }}
      noCode={t('sample.noCode')}
      opens={inspection.may_look}
      inspection={inspection.id}
      cell={(unit, onAsk) => <Result key="state" inspection={inspection} unit={unit} onAsk={onAsk} />}
      dialog={(unit, close) => (
        <CheckDialog inspection={inspection.id} sample={sample.id} unit={unit} {...close} />
      )}
      done={(unit, state) => ({
        title: t('sample.done', { place: unit.place, outcome: t(`outcomes.${state}`) }),
        foot: state === 'finding' && inspection.may_find && (
          <FindingLink inspection={inspection} unit={unit} />
        ),
      })}
    />
  );
}

/** To what is found about this dossier. */
function FindingLink({ inspection, unit }: { inspection: Inspection; unit: InspectionUnit }) {
  const { t } = useTranslation('inspection');
  return (
    <Link
      to="/inspections/$id/findings/new"
      params={{ id: inspection.id }}
      search={{
        dossier: unit.dossier_id,
        code: unit.dossier_code ?? undefined,
        authority: unit.authority_id ?? undefined,
      }}
      aria-label={t('sample.findingOf', { place: unit.place })}
    >
      {t('sample.finding')}
    </Link>
  );
}

/** What came of checking a dossier, by whom and when. */
function Result(props: { inspection: Inspection; unit: InspectionUnit; onAsk: () => void }) {
  const { t } = useTranslation('inspection');
  const { inspection, unit } = props;
  const state = stateOf(unit);
  return (
    <div className={css.stack}>
      <div className={css.state}>
        <Chip {...looks[state]}>{t(`outcomes.${state}`)}</Chip>
        {inspection.may_look && state === 'unchecked' && (
          <Button
            size="compact-md"
            variant="default"
            aria-label={t('sample.checkOf', { place: unit.place })}
            onClick={props.onAsk}
          >
            {t('sample.check')}
          </Button>
        )}
        {inspection.may_find && state === 'finding' && <FindingLink inspection={inspection} unit={unit} />}
      </div>
      {unit.note && <Said>{unit.note}</Said>}
      {unit.checked_by && unit.checked_at && (
        <p className="small soft">
          {t('sample.checkedBy', {
            who: unit.checked_by.full_name,
            at: formatDateTime(unit.checked_at),
          })}
        </p>
      )}
    </div>
  );
}
