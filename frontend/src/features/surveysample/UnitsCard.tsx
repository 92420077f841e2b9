import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { UnitsCard as DrawnUnits } from '@/features/sampling/UnitsCard';
import type { SurveySample } from '@/shared/api/types';
import type { IconName } from '@/shared/ui/Icon';
import { Chip, type Tone } from '@/shared/ui/Notice';
import { unitsQuery } from './api';
import { OutcomeDialog } from './OutcomeDialog';
import css from './sample.module.css';
import { isUnitState, unitStates, type SampleSearch, type UnitState } from './words';

const looks: Record<UnitState, { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'plain', icon: 'clock' },
  answered: { tone: 'good', icon: 'check' },
  refused: { tone: 'rest', icon: 'cross' },
  not_reached: { tone: 'soon', icon: 'offline' },
  wrong_contact: { tone: 'soon', icon: 'info' },
};

/** Whom the sample names, in the order of the draw: the main list, then those who replace. */
export function UnitsCard(props: {
  sample: SurveySample;
  search: SampleSearch;
  onGo: (search: SampleSearch) => void;
}) {
  const { t } = useTranslation('surveysample');
  const { sample, search } = props;
  const me = useQuery(meQuery()).data;
  const units = useQuery(unitsQuery(sample.id, search.state, search.cursor));
  const enters = me?.permissions.includes('surveys.enter') ?? false;
  return (
    <DrawnUnits
      title={t('units.title')}
      lead={enters ? t('units.enter') : t('units.follow')}
      units={units}
      search={search}
      onGo={props.onGo}
      filter={{
        name: 'state',
        label: t('units.show'),
        all: t('units.all'),
        states: unitStates,
        word: (state) => t(`state.${state}`),
      }}
      none={t('units.none')}
      icon="people"
      columns={{
        place: t('column.place'),
        dossier: t('column.dossier'),
        owner: t('column.owner'),
        state: t('column.state'),
      }}
      noCode={t('noCode')}
      opens
      cell={(unit, onAsk) => (
        <div key="state" className={css.state}>
          {isUnitState(unit.state) && <Chip {...looks[unit.state]}>{t(`state.${unit.state}`)}</Chip>}
          {unit.reserve && <Chip>{t('list.reserve')}</Chip>}
          {enters && unit.state === 'waiting' && (
            <Button
              size="compact-md"
              variant="default"
              aria-label={t('units.askOf', { place: unit.place })}
              onClick={onAsk}
            >
              {t('units.ask')}
            </Button>
          )}
        </div>
      )}
      dialog={(unit, close) => <OutcomeDialog sample={sample} unit={unit} {...close} />}
      done={(unit, state) => ({
        title: t('units.done', { place: unit.place, state: t(`state.${state}`) }),
      })}
    />
  );
}
