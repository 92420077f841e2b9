import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import { DateInput } from '@/shared/ui/DateInput';
import { capital, formatWeekday, localDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { daysQuery } from './api';
import css from './calendar.module.css';
import { dateOn, MOST_ROWS, newRow, rowsOf, timeFrom, weekdays, type HoursRow } from './hours';
import type { Plan } from './plan';
import { addDays } from './year';

/** Within so many days every weekday comes once without being a holiday, Tết or not. */
const LOOKED_AT = 28;

/** New weekly hours from a day on, begun from those that hold now. */
export function HoursCard({ plan }: { plan: Plan }) {
  const { t } = useTranslation('catalogue');
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: () => {
      const today = localDate(serverNow());
      return queries.fetchQuery(daysQuery(today, addDays(today, LOOKED_AT)));
    },
    onSuccess: (days) => plan.setHours({ from: '', rows: rowsOf(days.items) }),
    onError: (error) => {
      // The calendar ends before: there is nothing to begin from, but hours can be drafted all the same.
      if (asProblem(error).code === 'date_outside_calendar') plan.setHours({ from: '', rows: rowsOf([]) });
    },
  });
  const { hours } = plan;
  if (!hours)
    return (
      <Card id="hours" title={t('calendar.hours.title')}>
        <div className={css.stack}>
          <p className="soft">{t('calendar.hours.lead')}</p>
          {begin.isError && <ProblemNotice error={begin.error} />}
          <div>
            <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
              {t('calendar.hours.begin')}
            </Button>
          </div>
        </div>
      </Card>
    );
  const setRows = (rows: HoursRow[]) => plan.setHours({ ...hours, rows });
  const fault = (pointer: string) => {
    const own = plan.faults[pointer];
    return own ? t(`calendar.hours.faults.${own}`) : plan.refused[pointer];
  };
  const last = hours.rows.at(-1);
  return (
    <Card id="hours" title={t('calendar.hours.title')}>
      <KeyForm
        label={t('calendar.hours.title')}
        className={css.stack}
        refusal={plan.refusal}
        ref={plan.form}
        onSend={() => plan.checked()}
      >
        <p className="soft">{t('calendar.hours.lead')}</p>
        <DateInput
          required
          label={t('calendar.hours.validFrom')}
          className={css.short}
          value={hours.from}
          error={fault('shifts/valid_from')}
          onChange={(from) => plan.setHours({ ...hours, from })}
        />
        {hours.rows.map((row, i) => (
          <Row
            key={row.id}
            row={row}
            number={i + 1}
            fault={(field) => fault(`shifts/rules/${i}/${field}`)}
            onRow={(next) => setRows(hours.rows.map((r) => (r.id === row.id ? next : r)))}
            onRemove={
              hours.rows.length > 1 ? () => setRows(hours.rows.filter((r) => r.id !== row.id)) : undefined
            }
          />
        ))}
        <div className={css.tools}>
          <Button
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
            disabled={hours.rows.length >= MOST_ROWS}
            onClick={() =>
              setRows([
                ...hours.rows,
                newRow(Math.max(...hours.rows.map((r) => r.id)) + 1, {
                  weekdays: last?.weekdays,
                  counts: last?.counts,
                }),
              ])
            }
          >
            {t('calendar.hours.add')}
          </Button>
          <Button variant="default" onClick={() => plan.setHours(null)}>
            {t('calendar.hours.drop')}
          </Button>
        </div>
      </KeyForm>
    </Card>
  );
}

function Row(props: {
  row: HoursRow;
  number: number;
  fault: (field: 'weekdays' | 'from' | 'to') => string | undefined;
  onRow: (row: HoursRow) => void;
  onRemove?: () => void;
}) {
  const { t, i18n } = useTranslation('catalogue');
  const { row, onRow } = props;
  const id = useId();
  const wrong = props.fault('weekdays');
  const time = (which: 'from' | 'to') => (
    <TextInput
      required
      label={t(`calendar.hours.${which === 'from' ? 'start' : 'end'}`)}
      placeholder={t('calendar.hours.timeHint')}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      value={row[which]}
      error={props.fault(which)}
      onChange={(e) => onRow({ ...row, [which]: e.currentTarget.value })}
      onBlur={() => {
        const read = timeFrom(row[which]);
        if (read && read !== row[which]) onRow({ ...row, [which]: read });
      }}
    />
  );
  return (
    <fieldset className={css.row}>
      <legend>{t('calendar.hours.shift', { number: props.number })}</legend>
      <div role="group" aria-label={t('calendar.hours.weekdays')} className={css.weekdays}>
        {weekdays.map((day) => (
          <Checkbox
            key={day}
            label={capital(formatWeekday(dateOn(day), i18n.language))}
            checked={row.weekdays.includes(day)}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
            onChange={(e) =>
              onRow({
                ...row,
                weekdays: e.currentTarget.checked
                  ? [...row.weekdays, day]
                  : row.weekdays.filter((d) => d !== day),
              })
            }
          />
        ))}
      </div>
      {wrong && (
        <p id={`${id}-wrong`} className={css.wrong}>
          {wrong}
        </p>
      )}
      <div className={css.times}>
        {time('from')}
        {time('to')}
        <NativeSelect
          label={t('calendar.hours.counting')}
          value={row.counts ? 'counts' : 'serves'}
          onChange={(e) => onRow({ ...row, counts: e.currentTarget.value === 'counts' })}
          data={(['counts', 'serves'] as const).map((value) => ({
            value,
            label: t(`calendar.hours.${value}`),
          }))}
        />
      </div>
      {props.onRemove && (
        <Button
          size="compact-md"
          variant="default"
          aria-label={t('calendar.hours.removeShift', { number: props.number })}
          onClick={props.onRemove}
        >
          {t('calendar.hours.remove')}
        </Button>
      )}
    </fieldset>
  );
}
