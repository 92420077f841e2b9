import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { procedureQuery } from '@/features/catalogue/api';
import { useIntake } from '@/features/dossier/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Dossier } from '@/shared/api/types';
import { Page } from '@/shared/ui/Page';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import css from './intake.module.css';
import { ConfirmCard, DeliverySection, OwnerSection, PapersSection, ProcedureSection } from './sections';
import { SuccessPanel } from './SuccessPanel';
import { emptyForm, nextOfVisit, toNewDossier, type IntakeForm } from './state';

/** The counter: one person after another, without touching the mouse. */
export function IntakeScreen() {
  const [done, setDone] = useState<Dossier | null>(null);
  const [turn, setTurn] = useState(0);
  const [form, setForm] = useState(emptyForm);
  const begin = (next: IntakeForm) => {
    setForm(next);
    setDone(null);
    setTurn(turn + 1);
  };
  if (done)
    return (
      <SuccessPanel
        dossier={done}
        onNext={() => begin(emptyForm(form.authorityId))}
        onAnother={() => begin(nextOfVisit(form))}
      />
    );
  return (
    <Counter
      key={turn}
      begun={form}
      onDone={(dossier, sent) => {
        setForm(sent);
        setDone(dossier);
        window.scrollTo(0, 0);
      }}
    />
  );
}

function Counter(props: { begun: IntakeForm; onDone: (dossier: Dossier, sent: IntakeForm) => void }) {
  const { t } = useTranslation('intake');
  const [form, setForm] = useState(props.begun);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const intake = useIntake();
  const root = useRef<KeyFormHandle>(null);
  const procedure = useQuery(procedureQuery(form.procedureCode)).data;
  const problem = intake.isError ? asProblem(intake.error) : null;
  const errors = { ...errorsByField(problem), ...missing };

  const change = (next: Partial<IntakeForm> | ((f: IntakeForm) => IntakeForm)) => {
    setForm((f) => (typeof next === 'function' ? next(f) : { ...f, ...next }));
    setMissing({});
  };

  const submit = () => {
    const lacks: Record<string, string> = {};
    if (!form.owner.values.full_name.trim()) lacks['owner/full_name'] = t('lack.name');
    if (form.otherFiler && !form.filer.values.full_name.trim()) lacks['filer/full_name'] = t('lack.name');
    if (!form.procedureCode) lacks.procedure_code = t('lack.procedure');
    if (!form.authorityId) lacks.authority_id = t('lack.authority');
    if (form.onTheSpot && !form.signerId) lacks['on_the_spot/signer_user_id'] = t('lack.signer');
    setMissing(lacks);
    if (Object.keys(lacks).length > 0) {
      root.current?.focusFault();
      return;
    }
    if (!procedure || intake.isPending) return;
    intake.mutate(toNewDossier(form, procedure), {
      onSuccess: (dossier) => props.onDone(dossier, form),
    });
  };

  const part = { form, procedure, errors, change };
  return (
    <Page title={t('title')} lead={t('lead')} ownFocus>
      <KeyForm ref={root} label={t('title')} className={css.layout} refusal={intake.error} onSend={submit}>
        <div className={css.sections}>
          <OwnerSection {...part} />
          <ProcedureSection {...part} />
          <PapersSection {...part} />
          <DeliverySection {...part} />
        </div>
        <ConfirmCard {...part} busy={intake.isPending} problem={problem} />
      </KeyForm>
    </Page>
  );
}
