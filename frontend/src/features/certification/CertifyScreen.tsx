import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from '@/features/intake/intake.module.css';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Certification } from '@/shared/api/types';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Page } from '@/shared/ui/Page';
import { useCertify } from './api';
import { CertifiedPanel } from './CertifiedPanel';
import { KindAndPerson, PapersCard, SignCard, SumCard } from './sections';
import { emptyCertify, toCertification, type CertifyForm } from './state';

/** Copies and signatures, one person after another, the result handed back at once. */
export function CertifyScreen() {
  const [done, setDone] = useState<Certification | null>(null);
  const [turn, setTurn] = useState(0);
  const [kept, setKept] = useState<CertifyForm | undefined>(undefined);
  if (done)
    return (
      <CertifiedPanel
        certification={done}
        authorityId={kept?.authorityId ?? ''}
        onNext={() => {
          setDone(null);
          setTurn(turn + 1);
        }}
      />
    );
  return (
    <Counter
      key={turn}
      kept={kept}
      onDone={(certification, form) => {
        setKept(form);
        setDone(certification);
        window.scrollTo(0, 0);
      }}
    />
  );
}

function Counter(props: {
  kept: CertifyForm | undefined;
  onDone: (done: Certification, form: CertifyForm) => void;
}) {
  const { t } = useTranslation('certification');
  const [form, setForm] = useState(() => emptyCertify(props.kept));
  const [missing, setMissing] = useState<Record<string, string>>({});
  const certify = useCertify();
  const root = useRef<KeyFormHandle>(null);
  const problem = certify.isError ? asProblem(certify.error) : null;
  const errors = { ...errorsByField(problem), ...missing };

  const change = (next: Partial<CertifyForm> | ((f: CertifyForm) => CertifyForm)) => {
    setForm((f) => (typeof next === 'function' ? next(f) : { ...f, ...next }));
    setMissing({});
  };

  const submit = () => {
    const lacks: Record<string, string> = {};
    if (!form.requester.values.full_name.trim()) lacks['requester/full_name'] = t('lack.name');
    form.papers.forEach((p, i) => {
      if (!p.name.trim()) lacks[`items/${i}/document_name`] = t('lack.document');
    });
    if (!form.authorityId) lacks.authority_id = t('lack.authority');
    if (!form.signerId) lacks.signer_user_id = t('lack.signer');
    setMissing(lacks);
    if (Object.keys(lacks).length > 0) {
      root.current?.focusFault();
      return;
    }
    if (certify.isPending) return;
    certify.mutate(toCertification(form), { onSuccess: (done) => props.onDone(done, form) });
  };

  const part = { form, errors, change };
  return (
    <Page title={t('title')} lead={t('lead')} ownFocus>
      <KeyForm ref={root} label={t('title')} className={css.layout} refusal={certify.error} onSend={submit}>
        <div className={css.sections}>
          <KindAndPerson {...part} />
          <PapersCard {...part} />
          <SignCard {...part} />
        </div>
        <SumCard {...part} busy={certify.isPending} problem={problem} />
      </KeyForm>
    </Page>
  );
}
