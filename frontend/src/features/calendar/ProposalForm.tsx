import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { CalendarChange, Proposal, ProposedDay } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { capital, formatDate, formatWeekday, localDate } from '@/shared/ui/format';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Chip, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { ChoiceFields } from './ChoiceFields';
import { ExtraDays } from './ExtraDays';
import css from './proposal.module.css';
import {
  changeFrom,
  daysUnder,
  faultsOfProposal,
  isOpen,
  refusedAt,
  settledBy,
  standingOf,
  waiting,
  type ProposalForm as Form,
  type Standing,
} from './proposal';
import { Answer } from './TryCard';

const tones = { rest: 'plain', entered: 'good', provisional: 'soon', open: 'soon' } as const;
const icons = { rest: undefined, entered: 'check', provisional: 'info', open: 'plus' } as const;

/** The proposal as a person puts it right after the notice: what was decided, which days, and which text says so. */
export function ProposalForm(props: {
  proposal: Proposal;
  mayEnter: boolean;
  /** The number of the version that holds it. */
  onEntered: (version: number) => void;
}) {
  const { t } = useTranslation('catalogue');
  const { proposal, mayEnter } = props;
  const queries = useQueryClient();
  const intent = useIntent();
  const [form, setForm] = useState<Form>(() => ({
    decided: settledBy(proposal),
    without: [],
    names: {},
    extra: [],
  }));
  const [source, setSource] = useState('');
  const [announced, setAnnounced] = useState(localDate(serverNow()));
  const [told, setTold] = useState(false);
  const handle = useRef<KeyFormHandle>(null);
  const faults = faultsOfProposal(proposal, form);
  const change = changeFrom(proposal, form);
  const asked = JSON.stringify(change);
  const simulate = useMutation({
    mutationFn: () => {
      const { days_off, make_up_days, extends_to } = change;
      return unwrap(api.POST('/api/v1/deadlines/simulate', { body: { days_off, make_up_days, extends_to } }));
    },
    gcTime: 0,
  });
  const [tried, setTried] = useState('');
  const enter = useMutation({
    mutationFn: (body: CalendarChange) =>
      intent.run(body, (key) =>
        unwrap(
          api.POST('/api/v1/calendar/changes', { params: { header: { 'Idempotency-Key': key } }, body }),
        ),
      ),
    onSuccess: async (version) => {
      await queries.invalidateQueries();
      props.onEntered(version.number);
    },
  });
  const failed = enter.isError ? enter.error : simulate.isError && tried === asked ? simulate.error : null;
  const problem = failed ? asProblem(failed) : null;
  const errors = errorsByField(problem);
  const refused = refusedAt(errors, change, form);
  const set = (part: Partial<Form>) => {
    setForm({ ...form, ...part });
    if (!enter.isIdle) enter.reset();
  };
  const wrong = (field: string) => {
    const fault = told ? faults[field] : undefined;
    return fault ? t(`calendar.proposal.faults.${fault}`) : refused[field];
  };
  /** Whether it can be sent; otherwise the faults are shown, and the first has the focus. */
  const ready = (needsSource: boolean) => {
    setTold(true);
    const right = Object.keys(faults).length === 0 && (!needsSource || source.trim() !== '');
    if (!right) handle.current?.focusFault();
    return right;
  };
  const count = change.days_off.length + change.make_up_days.length;
  const nothing = count === 0 && !change.extends_to;
  const days = daysUnder(proposal, form.decided);
  const open = waiting(proposal);
  const complete = open.days === 0 && open.choices === 0;
  return (
    <KeyForm
      ref={handle}
      label={t('calendar.proposal.title', { year: proposal.year })}
      className={css.stack}
      refusal={failed}
      onSend={() => {
        if (!mayEnter || nothing || !ready(true)) return;
        const text = source.trim();
        enter.mutate({
          ...change,
          source: text,
          announced_on: announced || undefined,
          // Each day has its own name.
          name: text.slice(0, 200),
        });
      }}
    >
      {proposal.choices.length > 0 && !complete && (
        <ChoiceFields
          proposal={proposal}
          decided={form.decided}
          fault={(group) => wrong(`choice/${group}`)}
          onDecided={(decided) => set({ decided })}
        />
      )}
      <section className={css.stack} aria-labelledby="proposal-days">
        <h3 id="proposal-days">{t('calendar.proposal.days')}</h3>
        {mayEnter && !complete && <p className="small soft">{t('calendar.proposal.daysLead')}</p>}
        <ul className={`plain ${css.days}`}>
          {days.map((day) => (
            <DayRow
              key={day.date}
              day={day}
              changes={mayEnter && isOpen(day)}
              within={!form.without.includes(day.date)}
              name={form.names[day.date] ?? day.name}
              dayFault={wrong(`day/${day.date}`)}
              nameFault={wrong(`name/${day.date}`)}
              onWithin={(within) =>
                set({
                  without: within ? form.without.filter((d) => d !== day.date) : [...form.without, day.date],
                })
              }
              onName={(name) => set({ names: { ...form.names, [day.date]: name } })}
            />
          ))}
        </ul>
      </section>
      {mayEnter && (!complete || form.extra.length > 0) && (
        <>
          <ExtraDays extra={form.extra} fault={wrong} onExtra={(extra) => set({ extra })} />
          <section className={css.notice} aria-labelledby="proposal-notice">
            <h3 id="proposal-notice">{t('calendar.proposal.notice')}</h3>
            <p className="small soft">{t('calendar.proposal.noticeLead')}</p>
            <TextInput
              required
              label={t('calendar.enter.source')}
              name="proposal_source"
              maxLength={300}
              autoComplete="off"
              value={source}
              error={told && !source.trim() ? t('calendar.proposal.faults.noSource') : errors.source}
              onChange={(e) => setSource(e.currentTarget.value)}
            />
            <DateInput
              required
              label={t('calendar.enter.announced')}
              name="proposal_announced"
              className={css.short}
              value={announced}
              error={errors.announced_on}
              onChange={setAnnounced}
            />
          </section>
        </>
      )}
      {problem && (
        <ProblemNotice
          error={problem}
          shown={[
            'source',
            'announced_on',
            ...Object.keys(errors).filter((p) => /^(days_off|names|make_up_days)\/\d/.test(p)),
          ]}
        />
      )}
      {simulate.data && tried === asked && <Answer answer={simulate.data} />}
      {!complete && (
        <div className={css.tools}>
          {mayEnter && (
            <Button type="submit" loading={enter.isPending} disabled={nothing}>
              {t('calendar.proposal.send', { count })}
            </Button>
          )}
          <Button
            variant="default"
            loading={simulate.isPending}
            disabled={nothing}
            onClick={() => {
              if (!ready(false)) return;
              if (!enter.isIdle) enter.reset();
              setTried(asked);
              simulate.mutate();
            }}
          >
            {t('calendar.try.ask')}
          </Button>
        </div>
      )}
      {!mayEnter && !complete && <Notice>{t('calendar.proposal.mayNot')}</Notice>}
    </KeyForm>
  );
}

function DayRow(props: {
  day: ProposedDay;
  /** Whether it is still to be entered, by who looks at it. */
  changes: boolean;
  within: boolean;
  name: string;
  dayFault?: string;
  nameFault?: string;
  onWithin: (within: boolean) => void;
  onName: (name: string) => void;
}) {
  const { t, i18n } = useTranslation('catalogue');
  const { day } = props;
  const date = formatDate(day.date);
  const spoken = `${capital(formatWeekday(day.date, i18n.language))} ${date}`;
  const standing: Standing = standingOf(day);
  const english = i18n.language !== 'vi';
  return (
    <li data-standing={standing} data-without={(props.changes && !props.within) || undefined}>
      <div className={css.date}>
        {props.changes ? (
          <Checkbox
            label={spoken}
            checked={props.within}
            error={props.dayFault}
            onChange={(e) => props.onWithin(e.currentTarget.checked)}
          />
        ) : (
          <strong>{spoken}</strong>
        )}
        <Chip tone={tones[standing]} icon={icons[standing]}>
          {t(`calendar.proposal.standing.${standing}`)}
        </Chip>
      </div>
      <div className={css.what}>
        {props.changes && props.within ? (
          <TextInput
            required
            aria-label={t('calendar.proposal.nameOf', { date })}
            maxLength={200}
            autoComplete="off"
            value={props.name}
            error={props.nameFault}
            onChange={(e) => props.onName(e.currentTarget.value)}
          />
        ) : (
          <p>{english ? day.name_en : day.name}</p>
        )}
        <p className="small soft">{day.why}</p>
      </div>
    </li>
  );
}
