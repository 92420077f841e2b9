import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { DateInput } from '@/shared/ui/DateInput';
import { Dialog } from '@/shared/ui/Dialog';
import { helpBelow } from '@/shared/ui/helpBelow';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useEndProcedure } from './api';
import css from './draft.module.css';
import { OpenDossiers } from './OpenDossiers';

/** Ends a procedure after a last day, by a decision. */
export function EndDialog(props: {
  code: string;
  version: number;
  onClose: () => void;
  onDone: (lastDay: string) => void;
}) {
  const { t } = useTranslation(['draft', 'common']);
  const end = useEndProcedure(props.code, props.version);
  const [lastDay, setLastDay] = useState('');
  const [number, setNumber] = useState('');
  const [date, setDate] = useState('');
  const errors = errorsByField(end.isError ? asProblem(end.error) : null);
  return (
    <Dialog title={t('end.title')} onClose={props.onClose}>
      <form
        className={css.stack}
        aria-label={t('end.title')}
        onSubmit={(e) => {
          e.preventDefault();
          if (end.isPending) return;
          end.mutate(
            { last_day: lastDay, decision: { number: number.trim(), date } },
            { onSuccess: () => props.onDone(lastDay) },
          );
        }}
      >
        <p>{t('end.text')}</p>
        <OpenDossiers code={props.code} />
        {end.isError && <ProblemNotice error={end.error} shown={Object.keys(errors)} />}
        <DateInput
          required
          label={t('end.lastDay')}
          value={lastDay}
          error={errors.last_day}
          onChange={setLastDay}
        />
        <TextInput
          required
          label={t('end.number')}
          description={t('end.numberHint')}
          inputWrapperOrder={helpBelow}
          autoComplete="off"
          value={number}
          error={errors['decision/number']}
          onChange={(e) => setNumber(e.currentTarget.value)}
        />
        <DateInput
          required
          label={t('end.date')}
          value={date}
          error={errors['decision/date']}
          onChange={setDate}
        />
        <div className={css.tools}>
          <Button type="submit" color="red" loading={end.isPending}>
            {t('end.send')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
