import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { Duty, Me } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Facts } from '@/shared/ui/Page';
import { dutiesQuery, useCancelDuty, useServed, useStandIn } from './api';
import { PersonField } from './fields';
import css from './roster.module.css';
import { useWords } from './useWords';
import { busyAt, expectedAt } from './week';

export type DutyDone = 'stoodIn' | 'cancelled' | 'served';

/** Somebody at a counter: what is known of it and, for who plans, what can be done about it. */
export function DutyDialog(props: {
  id: string;
  date: string;
  counter: string;
  times: string;
  me: Me;
  plans: boolean;
  onDone: (what: DutyDone) => void;
  onAbsent: (duty: Duty) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('roster');
  const words = useWords();
  const day = useQuery(dutiesQuery(props.date, props.date));
  const duty = day.data?.items.find((d) => d.id === props.id && !d.cancelled);
  return (
    <Dialog
      wide
      title={t('duty.title', { counter: props.counter, times: props.times, day: words.day(props.date) })}
      onClose={props.onClose}
    >
      {day.isPending && <Loading />}
      {day.isError && <ProblemNotice error={day.error} onRetry={() => void day.refetch()} />}
      {day.data && !duty && <p>{t('duty.gone')}</p>}
      {duty && (
        <div className={css.stack}>
          <DutyFacts duty={duty} />
          {props.plans && (
            <Doing
              duty={duty}
              others={day.data?.items ?? []}
              me={props.me}
              onDone={props.onDone}
              onAbsent={() => props.onAbsent(duty)}
            />
          )}
        </div>
      )}
    </Dialog>
  );
}

function DutyFacts({ duty }: { duty: Duty }) {
  const { t } = useTranslation('roster');
  return (
    <Facts
      items={[
        [t('duty.user'), duty.user.full_name],
        [t('duty.standIn'), duty.stand_in?.full_name],
        [t('duty.substitute'), duty.substitute?.full_name],
        [t('duty.kind'), t(`duty.kinds.${duty.kind}`)],
        [t('duty.source'), duty.source],
        [
          t('duty.state'),
          duty.away ? (
            <Chip tone="soon" icon="late">
              {t('entry.away')}
            </Chip>
          ) : (
            duty.served && (
              <Chip tone="good" icon="check">
                {t('entry.served')}
              </Chip>
            )
          ),
        ],
      ]}
    />
  );
}

/** What is refused stands where it was asked. */
const shown = () => undefined;

/** What can be done. A duty that has just been cancelled is gone from here before that is told: so it is waited for. */
function Doing(props: {
  duty: Duty;
  others: Duty[];
  me: Me;
  onDone: (what: DutyDone) => void;
  onAbsent: () => void;
}) {
  const { t } = useTranslation('roster');
  const { duty } = props;
  const [asking, setAsking] = useState(false);
  const serve = useServed();
  const cancel = useCancelDuty();
  const expected = expectedAt(duty);
  const service = duty.kind === 'service';
  const over = new Date(`${duty.date}T${duty.to.slice(0, 5)}:00+07:00`) <= serverNow();
  const own = expected.id === props.me.id;
  if (duty.served) return <Notice tone="good">{t('duty.servedDone')}</Notice>;
  return (
    <>
      <StandInForm duty={duty} others={props.others} onDone={() => props.onDone('stoodIn')} />
      {service && over && !own && !duty.away && (
        <div className={css.part}>
          <p className="small soft">{t('duty.serveHint', { name: expected.full_name })}</p>
          <div>
            <Button
              loading={serve.isPending}
              onClick={() => void serve.mutateAsync(duty.id).then(() => props.onDone('served'), shown)}
            >
              {t('duty.serve')}
            </Button>
          </div>
          {serve.isError && <ProblemNotice error={serve.error} />}
        </div>
      )}
      {service && (!over || own) && (
        <p className="small soft">{t(over ? 'duty.serveOwn' : 'duty.serveLater')}</p>
      )}
      <div className={css.part}>
        {asking ? (
          <>
            <p role="status">{t('duty.cancelAsk')}</p>
            <div className={css.tools}>
              <Button
                color="red"
                autoFocus
                loading={cancel.isPending}
                onClick={() => void cancel.mutateAsync(duty.id).then(() => props.onDone('cancelled'), shown)}
              >
                {t('duty.cancelYes')}
              </Button>
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('duty.cancelNo')}
              </Button>
            </div>
            {cancel.isError && <ProblemNotice error={cancel.error} />}
          </>
        ) : (
          <div className={css.tools}>
            {!duty.away && (
              <Button
                variant="default"
                aria-label={t('duty.absence', { name: expected.full_name })}
                onClick={props.onAbsent}
              >
                {t('enterAbsence')}
              </Button>
            )}
            <Button variant="default" onClick={() => setAsking(true)}>
              {t('duty.cancel')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

/** Lets a colleague stand in; the one who was named for it stands there already. */
function StandInForm({ duty, others, onDone }: { duty: Duty; others: Duty[]; onDone: () => void }) {
  const { t } = useTranslation('roster');
  const busy = busyAt(others, duty.date, duty.from, duty.to);
  const expected = expectedAt(duty);
  const named = duty.substitute?.id;
  const ready = named && named !== expected.id && !busy.has(named) ? named : '';
  const [user, setUser] = useState(ready);
  const [told, setTold] = useState(false);
  const stand = useStandIn();
  const problem = stand.isError ? asProblem(stand.error) : null;
  const refused = errorsByField(problem);
  return (
    <KeyForm
      label={t('duty.chooseStandIn')}
      className={css.part}
      refusal={stand.error}
      onSend={() => {
        setTold(true);
        if (user) void stand.mutateAsync({ id: duty.id, user }).then(onDone, shown);
      }}
    >
      <h3>{t('duty.chooseStandIn')}</h3>
      <PersonField
        required
        label={t('duty.person')}
        name="user_id"
        none={t('duty.choose')}
        value={user}
        without={[expected.id, duty.user.id]}
        named={named}
        busy={busy}
        error={told && !user ? t('faults.noPerson') : refused.user_id}
        autoFocus
        onChange={(id) => {
          setUser(id);
          if (!stand.isIdle) stand.reset();
        }}
      />
      {problem && <ProblemNotice error={problem} shown={['user_id']} />}
      <div>
        <Button type="submit" variant={duty.away ? 'filled' : 'default'} loading={stand.isPending}>
          {t('duty.send')}
        </Button>
      </div>
    </KeyForm>
  );
}
