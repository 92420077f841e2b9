import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateOn, timeFrom, weekdays } from '@/features/calendar/hours';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Organisation } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { Dialog } from '@/shared/ui/Dialog';
import { capital, formatWeekday } from '@/shared/ui/format';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { dutiesQuery, usePlanDuties } from './api';
import { PersonField, TimeField } from './fields';
import {
  emptyPlan,
  faultsOfPlan,
  mayHaveHours,
  planKinds,
  planOf,
  type PlanForm,
  type PlanKind,
} from './forms';
import css from './roster.module.css';
import { busyAt } from './week';

const members = [
  'counter_id',
  'user_id',
  'substitute_id',
  'kind',
  'first_day',
  'last_day',
  'from',
  'to',
  'source',
];

/** Plans somebody at a counter for the shifts of some days; begun from an empty time, that time stands there. */
export function PlanDialog(props: {
  organisation?: Organisation;
  preset: Partial<PlanForm>;
  onDone: (count: number) => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation(['roster', 'common']);
  const [form, setForm] = useState<PlanForm>({ ...emptyPlan, ...props.preset });
  const [told, setTold] = useState(false);
  const handle = useRef<KeyFormHandle>(null);
  const plan = usePlanDuties();
  const faults = faultsOfPlan(form);
  const problem = plan.isError ? asProblem(plan.error) : null;
  const refused = errorsByField(problem);
  const change = (part: Partial<PlanForm>) => {
    setForm({ ...form, ...part });
    if (!plan.isIdle) plan.reset();
  };
  const wrong = (member: string) => {
    const fault = told ? faults[member] : undefined;
    return fault ? t(`faults.${fault}`) : refused[member];
  };
  const send = () => {
    setTold(true);
    if (Object.keys(faults).length > 0) handle.current?.focusFault();
    else plan.mutate(planOf(form), { onSuccess: (made) => props.onDone(made.items.length) });
  };
  const { from, to } = form;
  const hours = timeFrom(from) && timeFrom(to) ? { from, to } : null;
  const day = useQuery({
    ...dutiesQuery(form.first, form.first),
    enabled: mayHaveHours(form) && hours !== null,
  });
  const busy = hours && day.data ? busyAt(day.data.items, form.first, hours.from, hours.to) : undefined;
  const { counters = [], points = [] } = props.organisation ?? {};
  const open = counters.filter((c) => !c.valid_to || !form.first || c.valid_to >= form.first);
  const placeOf = (point?: string | null) => points.find((p) => p.id === point)?.name;
  const { kind } = form;
  return (
    <Dialog wide title={t('form.title')} onClose={props.onClose}>
      <KeyForm ref={handle} label={t('form.title')} className={css.form} refusal={plan.error} onSend={send}>
        <NativeSelect
          required
          label={t('form.counter')}
          name="counter_id"
          value={form.counter}
          error={wrong('counter_id')}
          data-autofocus={!form.counter || undefined}
          onChange={(e) => change({ counter: e.currentTarget.value })}
          data={[
            { value: '', label: t('form.chooseCounter') },
            ...open.map((c) => {
              const place = placeOf(c.point_id);
              return { value: c.id, label: place ? `${c.name} – ${place}` : c.name };
            }),
          ]}
        />
        <PersonField
          required
          label={t('form.person')}
          name="user_id"
          none={t('duty.choose')}
          value={form.user}
          busy={busy}
          error={wrong('user_id')}
          autoFocus={form.counter !== ''}
          onChange={(user) => change({ user })}
        />
        <PersonField
          label={t('form.substitute')}
          name="substitute_id"
          description={t('form.substituteHint')}
          none={t('form.noSubstitute')}
          value={form.substitute}
          without={[form.user]}
          busy={busy}
          error={wrong('substitute_id')}
          onChange={(substitute) => change({ substitute })}
        />
        <NativeSelect
          label={t('form.kind')}
          name="kind"
          description={t(`form.kindHints.${kind}`)}
          inputWrapperOrder={helpBelow}
          value={kind}
          error={wrong('kind')}
          onChange={(e) => change({ kind: e.currentTarget.value as PlanKind })}
          data={planKinds.map((value) => ({ value, label: t(`form.kinds.${value}`) }))}
        />
        <DateInput
          required
          label={t('form.first')}
          name="first_day"
          value={form.first}
          error={wrong('first_day')}
          // A last day that was never said is the first.
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
        {form.first !== form.last && (
          <fieldset className={css.weekdays}>
            <legend>{t('form.weekdays')}</legend>
            <div>
              {weekdays.map((weekday) => (
                <Checkbox
                  key={weekday}
                  label={capital(formatWeekday(dateOn(weekday), i18n.language))}
                  checked={form.weekdays.includes(weekday)}
                  onChange={(e) =>
                    change({
                      weekdays: e.currentTarget.checked
                        ? [...form.weekdays, weekday]
                        : form.weekdays.filter((d) => d !== weekday),
                    })
                  }
                />
              ))}
            </div>
            <p className="small soft">{t('form.weekdaysHint')}</p>
          </fieldset>
        )}
        {(['from', 'to'] as const).map((which) => (
          <TimeField
            key={which}
            required={kind === 'notice'}
            label={t(`form.${which}`)}
            name={which}
            description={t(kind === 'notice' ? 'form.hoursNeeded' : 'form.hoursHint')}
            value={form[which]}
            error={wrong(which)}
            onChange={(typed) => change({ [which]: typed })}
          />
        ))}
        {kind === 'notice' && (
          <TextInput
            required
            className={css.wide}
            label={t('form.source')}
            name="source"
            description={t('form.sourceHint')}
            inputWrapperOrder={helpBelow}
            maxLength={300}
            autoComplete="off"
            value={form.source}
            error={wrong('source')}
            onChange={(e) => change({ source: e.currentTarget.value })}
          />
        )}
        <div className={css.across}>
          {problem && <ProblemNotice error={problem} shown={members} />}
          <div className={css.tools}>
            <Button type="submit" loading={plan.isPending}>
              {t('form.send')}
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
