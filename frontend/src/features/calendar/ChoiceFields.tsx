import { Radio } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '@/shared/api/types';
import { dayAfter, formatDate } from '@/shared/ui/format';
import css from './proposal.module.css';
import { datesOf, LATER, stretches, type Decided } from './proposal';

/** What the law leaves to a decision, each way with the dates it would give. Nothing is chosen beforehand. */
export function ChoiceFields(props: {
  proposal: Proposal;
  decided: Decided;
  fault: (group: string) => string | undefined;
  onDecided: (decided: Decided) => void;
}) {
  const { t } = useTranslation('catalogue');
  const id = useId();
  const { proposal, decided } = props;
  const said = (group: string, option: string) =>
    stretches(datesOf(proposal, group, option), dayAfter)
      .map(([from, to]) => (from === to ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`))
      .join(', ');
  return (
    <section className={css.stack} aria-labelledby="proposal-choices">
      <h3 id="proposal-choices">{t('calendar.proposal.choices')}</h3>
      {proposal.choices.map((choice) => {
        const wrong = props.fault(choice.group);
        const options = [
          ...choice.options.map((o) => ({ ...o, dates: said(choice.group, o.option) })),
          // A year that is not in the calendar yet comes in whole.
          ...(proposal.within_calendar
            ? [{ option: LATER, name: t('calendar.proposal.later'), dates: undefined }]
            : []),
        ];
        return (
          <fieldset key={choice.group} className={css.choice}>
            <legend>{choice.name}</legend>
            <p className="small soft">{choice.source}</p>
            {options.map((o) => (
              <Radio
                key={o.option}
                name={`${id}-${choice.group}`}
                label={o.name}
                description={o.dates}
                checked={decided[choice.group] === o.option}
                aria-invalid={wrong ? true : undefined}
                aria-describedby={wrong ? `${id}-${choice.group}-wrong` : undefined}
                onChange={() => props.onDecided({ ...decided, [choice.group]: o.option })}
              />
            ))}
            {wrong && (
              <p id={`${id}-${choice.group}-wrong`} className={css.wrong}>
                {wrong}
              </p>
            )}
          </fieldset>
        );
      })}
    </section>
  );
}
