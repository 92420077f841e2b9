import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateInput } from '@/shared/ui/DateInput';
import { Icon } from '@/shared/ui/Icon';
import css from './proposal.module.css';
import type { ExtraDay } from './proposal';

/** Swapped days off and make-up days: only the notice knows them. */
export function ExtraDays(props: {
  extra: readonly ExtraDay[];
  fault: (field: string) => string | undefined;
  onExtra: (extra: ExtraDay[]) => void;
}) {
  const { t } = useTranslation('catalogue');
  const { extra, onExtra } = props;
  const add = (kind: ExtraDay['kind']) =>
    onExtra([
      ...extra,
      { id: Math.max(0, ...extra.map((e) => e.id)) + 1, kind, date: '', name: '', replaces: '' },
    ]);
  const change = (id: number, part: Partial<ExtraDay>) =>
    onExtra(extra.map((e) => (e.id === id ? { ...e, ...part } : e)));
  return (
    <section className={css.stack} aria-labelledby="proposal-extra">
      <h3 id="proposal-extra">{t('calendar.proposal.extra')}</h3>
      <p className="small soft">{t('calendar.proposal.extraLead')}</p>
      {extra.map((e, i) => (
        <fieldset key={e.id} className={css.extra}>
          <legend>{t(`calendar.proposal.extraKind.${e.kind}`, { number: i + 1 })}</legend>
          <DateInput
            required
            label={t('calendar.day')}
            value={e.date}
            error={props.fault(`extra/${e.id}/date`)}
            onChange={(date) => change(e.id, { date })}
          />
          {e.kind === 'off' ? (
            <TextInput
              required
              label={t('calendar.details.name')}
              maxLength={200}
              autoComplete="off"
              value={e.name}
              error={props.fault(`extra/${e.id}/name`)}
              onChange={(event) => change(e.id, { name: event.currentTarget.value })}
            />
          ) : (
            <DateInput
              label={t('calendar.proposal.replaces')}
              description={t('calendar.proposal.replacesHint')}
              value={e.replaces}
              error={props.fault(`extra/${e.id}/replaces`)}
              onChange={(replaces) => change(e.id, { replaces })}
            />
          )}
          <div>
            <Button
              size="compact-md"
              variant="default"
              aria-label={t('calendar.proposal.removeOf', { number: i + 1 })}
              onClick={() => onExtra(extra.filter((other) => other.id !== e.id))}
            >
              {t('calendar.proposal.remove')}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className={css.tools}>
        {(['off', 'work'] as const).map((kind) => (
          <Button
            key={kind}
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => add(kind)}
          >
            {t(`calendar.proposal.add.${kind}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
