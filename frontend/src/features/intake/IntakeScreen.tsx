import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { procedureQuery } from '@/features/catalogue/api';
import { useIntake } from '@/features/dossier/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Dossier, IntakeDraft, IntakeDraftItem } from '@/shared/api/types';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { ConfirmCard } from './ConfirmCard';
import { DeliverySection } from './DeliverySection';
import { DRAFTS, isGone, useKeep, useTakeUp } from './drafts';
import { DraftsCard } from './DraftsCard';
import css from './intake.module.css';
import { GoneNotice, SaidNotice, StaleNotice, type Said } from './KeptNotices';
import { OwnerSection, PapersSection, ProcedureSection } from './sections';
import { SuccessPanel } from './SuccessPanel';
import { emptyForm, nextOfVisit, toNewDossier, type IntakeForm } from './state';
import { useSaveKey } from './useSaveKey';

/** What the counter begins with. */
interface Begun {
  /** Which filling of the form it is: every one begins with fresh fields and the focus in the first. */
  turn: number;
  form: IntakeForm;
  /** What it was kept as before. */
  draft: IntakeDraft | null;
  said: Said | null;
}

/** The counter: one person after another, without touching the mouse. */
export function IntakeScreen() {
  const [done, setDone] = useState<{ dossier: Dossier; sent: IntakeForm } | null>(null);
  const [begun, setBegun] = useState<Begun>(() => ({ turn: 0, form: emptyForm(), draft: null, said: null }));
  const begin = (form: IntakeForm, draft: IntakeDraft | null = null, said: Said | null = null) => {
    setDone(null);
    setBegun((last) => ({ turn: last.turn + 1, form, draft, said }));
  };
  if (done)
    return (
      <SuccessPanel
        dossier={done.dossier}
        onNext={() => begin(emptyForm(done.sent.authorityId))}
        onAnother={() => begin(nextOfVisit(done.sent))}
      />
    );
  return (
    <Counter
      key={begun.turn}
      begun={begun}
      onBegin={begin}
      onDone={(dossier, sent) => {
        setDone({ dossier, sent });
        window.scrollTo(0, 0);
      }}
    />
  );
}

function Counter(props: {
  begun: Begun;
  onBegin: (form: IntakeForm, draft?: IntakeDraft | null, said?: Said) => void;
  onDone: (dossier: Dossier, sent: IntakeForm) => void;
}) {
  const { t } = useTranslation('intake');
  const { begun, onBegin } = props;
  const [form, setForm] = useState(begun.form);
  const [draft, setDraft] = useState(begun.draft);
  const [said, setSaid] = useState(begun.said);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const queries = useQueryClient();
  const intake = useIntake();
  const keep = useKeep();
  const takeUp = useTakeUp();
  const root = useRef<KeyFormHandle>(null);
  const procedure = useQuery(procedureQuery(form.procedureCode)).data;
  const refusal = intake.error ?? keep.error;
  const problem = refusal ? asProblem(refusal) : null;
  const errors = { ...errorsByField(problem), ...missing };
  const busy = intake.isPending || keep.isPending || takeUp.isPending;
  const empty = () => emptyForm(form.authorityId);

  const change = (next: Partial<IntakeForm> | ((f: IntakeForm) => IntakeForm)) => {
    setForm((f) => (typeof next === 'function' ? next(f) : { ...f, ...next }));
    setMissing({});
  };

  /** Whether something is missing; it is marked, and the first of it gets the focus. */
  const lacking = (lacks: Record<string, string>) => {
    setMissing(lacks);
    const some = Object.keys(lacks).length > 0;
    if (some) root.current?.focusFault();
    return some;
  };

  const submit = () => {
    const lacks: Record<string, string> = {};
    if (!form.owner.values.full_name.trim()) lacks['owner/full_name'] = t('lack.name');
    if (form.otherFiler && !form.filer.values.full_name.trim()) lacks['filer/full_name'] = t('lack.name');
    if (!form.procedureCode) lacks.procedure_code = t('lack.procedure');
    if (!form.authorityId) lacks.authority_id = t('lack.authority');
    if (form.onTheSpot && !form.signerId) lacks['on_the_spot/signer_user_id'] = t('lack.signer');
    if (lacking(lacks) || !procedure || busy) return;
    keep.reset();
    intake.mutate(toNewDossier(form, procedure, draft), {
      onSuccess: (dossier) => props.onDone(dossier, form),
      onSettled: () => draft && void queries.invalidateQueries({ queryKey: DRAFTS }),
    });
  };

  /** `over`: what is to be replaced by the form. */
  const putOff = (over = draft) => {
    if (lacking(form.procedureCode ? {} : { procedure_code: t('lack.procedure') }) || busy) return;
    intake.reset();
    keep.mutate(
      { draft: over, form },
      { onSuccess: (kept) => onBegin(empty(), null, { what: 'kept', draft: kept }) },
    );
  };
  useSaveKey(putOff);

  const goOn = (id: string) => takeUp.mutate(id, { onSuccess: (found) => onBegin(found.form, found.draft) });
  /** Lets the form stand over what somebody else has kept meanwhile. */
  const keepMine = (id: string) =>
    takeUp.mutate(id, {
      onSuccess: (found) => {
        setDraft(found.draft);
        putOff(found.draft);
      },
    });
  /** Goes on without the draft that is no longer there. */
  const goOnApart = () => {
    setDraft(null);
    intake.reset();
    keep.reset();
    takeUp.reset();
  };

  const dropped = (gone: IntakeDraftItem) => {
    const last: Said = { what: 'dropped', draft: gone };
    if (gone.id === draft?.id) return onBegin(empty(), null, last);
    setSaid(last);
  };
  // The button that was pressed has gone with its line.
  useEffect(() => {
    if (said) document.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [said]);

  let notice = null;
  if (draft && (isGone(refusal) || (takeUp.variables === draft.id && isGone(takeUp.error))))
    notice = <GoneNotice onApart={goOnApart} />;
  else if (draft && problem?.stale)
    notice = <StaleNotice busy={busy} onKeep={() => keepMine(draft.id)} onTake={() => goOn(draft.id)} />;
  const part = { form, procedure, errors, change };
  return (
    <Page title={t('title')} lead={t('lead')} ownFocus>
      {said && <SaidNotice said={said} />}
      {takeUp.isError && !notice && <ProblemNotice error={takeUp.error} />}
      <DraftsCard
        open={draft}
        dirty={JSON.stringify(form) !== JSON.stringify(begun.form)}
        busy={busy}
        onTakeUp={goOn}
        onLeave={() => onBegin(empty())}
        onDropped={dropped}
      />
      <KeyForm ref={root} label={t('title')} className={css.layout} refusal={refusal} onSend={submit}>
        <div className={css.sections}>
          <OwnerSection {...part} />
          <ProcedureSection {...part} />
          <PapersSection {...part} />
          <DeliverySection {...part} />
        </div>
        <ConfirmCard
          {...part}
          busy={intake.isPending}
          keeping={keep.isPending}
          problem={problem}
          notice={notice}
          onKeep={() => putOff()}
        />
      </KeyForm>
    </Page>
  );
}
