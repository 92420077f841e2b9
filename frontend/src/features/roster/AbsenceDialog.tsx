import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { AbsenceKind } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { Dialog } from '@/shared/ui/Dialog';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { balancesQuery, useEnterAbsence } from './api';
import { PersonField, TimeField } from './fields';
import { absenceKinds, absenceOf, faultsOfAbsence, mayHaveHours, type AbsenceForm } from './forms';
import css from './roster.module.css';
import { useWords } from './useWords';

/** Enters that somebody is away, by the office's reason and no other. */
export function AbsenceDialog(props: {
  preset: Partial<AbsenceForm>;
  onDone: (touched: number) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['roster', 'common']);
  const words = useWords();
  const [form, setForm] = useState<AbsenceForm>({
    user: '',
    kind: 'annual_leave',
    first: '',
    last: '',
    from: '',
    to: '',
    ...props.preset,
  });
  const [told, setTold] = useState(false);
  const handle = useRef<KeyFormHandle>(null);
  const enter = useEnterAbsence();
  const compensatory = form.kind === 'compensatory';
  const balances = useQuery({ ...balancesQuery(), enabled: compensatory });
  const faults = faultsOfAbsence(form);
  const problem = enter.isError ? asProblem(enter.error) : null;
  const refused = errorsByField(problem);
  const change = (part: Partial<AbsenceForm>) => {
    setForm({ ...form, ...part });
    if (!enter.isIdle) enter.reset();
  };
  const wrong = (member: string) => {
    const fault = told ? faults[member] : undefined;
    return fault ? t(`faults.${fault}`) : refused[member];
  };
  const send = () => {
    setTold(true);
    if (Object.keys(faults).length > 0) handle.current?.focusFault();
    else enter.mutate(absenceOf(form), { onSuccess: (made) => props.onDone(made.duties_touched) });
  };
  const left = balances.data?.items.find((b) => b.user.id === form.user)?.balance_minutes ?? 0;
  const withHours = mayHaveHours(form);
  return (
    <Dialog wide title={t('absence.title')} onClose={props.onClose}>
      <KeyForm
        ref={handle}
        label={t('absence.title')}
        className={css.form}
        refusal={enter.error}
        onSend={send}
      >
        <PersonField
          required
          label={t('absence.person')}
          name="user_id"
          none={t('duty.choose')}
          value={form.user}
          error={wrong('user_id')}
          onChange={(user) => change({ user })}
        />
        <NativeSelect
          label={t('absence.kind')}
          name="kind"
          description={
            compensatory && balances.data && form.user
              ? t('absence.compensatoryHint', { left: words.left(left) })
              : t('absence.kindHint')
          }
          inputWrapperOrder={helpBelow}
          value={form.kind}
          error={wrong('kind')}
          onChange={(e) => change({ kind: e.currentTarget.value as AbsenceKind })}
          data={absenceKinds.map((value) => ({ value, label: t(`absence.kinds.${value}`) }))}
        />
        <DateInput
          required
          label={t('form.first')}
          name="first_day"
          value={form.first}
          error={wrong('first_day')}
          onChange={(first) => change({ first, last: form.last && form.last >= first ? form.last : first })}
        />
        <DateInput
          required
          label={t('form.last')}
          name="last_day"
          value={form.last}
          error={wrong('last_day')}
          onChange={(last) => change({ last })}
        />
        {withHours &&
          (['from', 'to'] as const).map((which) => (
            <TimeField
              key={which}
              label={t(`form.${which}`)}
              name={which}
              description={t('absence.hoursHint')}
              value={form[which]}
              error={wrong(which)}
              onChange={(typed) => change({ [which]: typed })}
            />
          ))}
        <div className={css.across}>
          {problem && (
            <ProblemNotice
              error={problem}
              shown={['user_id', 'kind', 'first_day', 'last_day', ...(withHours ? ['from', 'to'] : [])]}
            />
          )}
          <div className={css.tools}>
            <Button type="submit" loading={enter.isPending}>
              {t('absence.send')}
            </Button>
            <Button variant="default" onClick={props.onClose}>
              {t('common:cancel')}
            </Button>
          </div>
        </div>
      </KeyForm>
    </Dialog>
  );
}
