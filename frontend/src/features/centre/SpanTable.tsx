import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import { DateInput } from '@/shared/ui/DateInput';
import { formatDate, localDate } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Chip, ProblemNotice } from '@/shared/ui/Notice';
import ui from '@/shared/ui/ui.module.css';
import { useEnd, type Ending } from './api';
import css from './centre.module.css';

export interface SpanRow {
  what: Ending;
  name: string;
  detail: string;
  from: string;
  to?: string | null;
}

type Standing = 'over' | 'coming' | 'running';

const standingOf = (row: SpanRow, today: string): Standing => {
  if (row.to && row.to < today) return 'over';
  return row.from > today ? 'coming' : 'running';
};

/** What runs from a day until a day, and a way to say its last day. */
export function SpanTable(props: { centre: string; label: string; none: string; rows: SpanRow[] }) {
  const { t } = useTranslation('centre');
  const [ending, setEnding] = useState<SpanRow | null>(null);
  const today = localDate(serverNow());
  if (props.rows.length === 0) return <p className="soft">{props.none}</p>;
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
      <div className={ui.tableWrap} role="group" aria-labelledby={props.label} tabIndex={0}>
        <table className={ui.table}>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('time')}</th>
              <th scope="col">{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => {
              const standing = standingOf(row, today);
              return (
                <tr key={`${row.what.id} ${row.from}`}>
                  <td>
                    {row.name}
                    <div className="small soft">{row.detail}</div>
                  </td>
                  <td>
                    {row.to
                      ? t('fromTo', { from: formatDate(row.from), to: formatDate(row.to) })
                      : t('fromOn', { from: formatDate(row.from) })}
                  </td>
                  <td>
                    <span className={css.standing}>
                      <Chip tone={standing === 'running' ? 'good' : undefined}>
                        {t(`standing.${standing}`)}
                      </Chip>
                      {standing !== 'over' && (
                        <Button
                          size="compact-md"
                          variant="default"
                          aria-label={t('endOf', { name: row.name })}
                          onClick={() => setEnding(row)}
                        >
                          {t('end')}
                        </Button>
                      )}
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {ending && (
        <EndForm
          key={`${ending.what.id} ${ending.from}`}
          centre={props.centre}
          row={ending}
          onDone={() => setEnding(null)}
        />
      )}
    </>
  );
}

function EndForm(props: { centre: string; row: SpanRow; onDone: () => void }) {
  const { t } = useTranslation('centre');
  const [last, setLast] = useState(localDate(serverNow()));
  const end = useEnd();
  const problem = end.isError ? asProblem(end.error) : null;
  const errors = errorsByField(problem);
  const label = t('endOf', { name: props.row.name });
  return (
    <KeyForm
      label={label}
      className={css.form}
      refusal={end.error}
      onSend={() =>
        end.mutate(
          { id: props.centre, body: { what: props.row.what, last_day: last } },
          { onSuccess: props.onDone },
        )
      }
    >
      <p className={css.wide}>{label}</p>
      <DateInput required label={t('lastDay')} value={last} error={errors.last_day} onChange={setLast} />
      {problem && (
        <div className={css.wide}>
          <ProblemNotice error={problem} shown={Object.keys(errors)} />
        </div>
      )}
      <div className={css.actions}>
        <Button type="submit" loading={end.isPending}>
          {t('endSend')}
        </Button>
        <Button variant="default" onClick={props.onDone}>
          {t('cancel')}
        </Button>
      </div>
    </KeyForm>
  );
}
