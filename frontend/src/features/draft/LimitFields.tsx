import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from './draft.module.css';
import { emptyLimit, type LimitForm, type LimitsForm } from './form';
import { Choice, LongField, NumberField, Sure } from './inputs';
import { bind, inside, present, type Part } from './part';
import { units } from './words';

type Which = 'direct' | 'online' | 'verification';

/** One limit, or that there is none. */
export function LimitFields({ part, which }: { part: Part<LimitForm | null>; which: Which }) {
  const { t } = useTranslation('draft');
  const limit = present(part);
  return (
    <div className={css.group} role="group" aria-label={t(`limits.one.${which}`)}>
      <Checkbox
        name={part.at}
        label={t(`limits.has.${which}`)}
        checked={limit !== null}
        error={part.errors[part.at]}
        onChange={(e) => {
          const { checked } = e.currentTarget;
          part.change(part.at, () => (checked ? emptyLimit() : null));
        }}
      />
      {limit && (
        <div className={`${css.fields} ${css.sub}`}>
          <NumberField
            of={bind(limit, 'amount')}
            required
            label={t('limits.amount')}
            className={css.quarter}
          />
          <Choice
            of={{
              ...bind(limit, 'unit'),
              // "The same day" is one and nothing else.
              set: (unit) =>
                limit.change(`${limit.at}/unit`, (l) => ({
                  ...l,
                  unit,
                  amount: unit === 'same_day' ? 1 : l.amount,
                })),
            }}
            label={t('limits.unit')}
            options={units}
            words="draft:unit"
            className={css.third}
          />
          <Sure of={bind(limit, 'certainty')} className={css.fifth} />
          <LongField of={bind(limit, 'source')} label={t('source')} description={t('sourceHint')} />
          <LongField of={bind(limit, 'note')} label={t('limits.note')} />
        </div>
      )}
    </div>
  );
}

/** The limits by way of filing, the nation's or the province's. */
export function LimitsFields({ part }: { part: Part<LimitsForm> }) {
  const { t } = useTranslation('draft');
  return (
    <>
      <LimitFields part={inside(part, 'direct')} which="direct" />
      <LimitFields part={inside(part, 'online')} which="online" />
      <div className={css.group}>
        <LongField
          of={bind(part, 'note')}
          label={t('limits.allNote')}
          description={t('limits.allNoteHint')}
        />
      </div>
    </>
  );
}
