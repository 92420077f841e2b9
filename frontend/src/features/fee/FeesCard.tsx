import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { UnknownPayment } from '@/features/payment/UnknownPayment';
import { DossierReceipts } from '@/features/receipt/DossierReceipts';
import { VoidProposal } from '@/features/receipt/VoidProposal';
import { asProblem } from '@/shared/api/problem';
import type { Dossier, DossierFees, LedgerEntry } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { capital, formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Disclosure, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { feesQuery } from './api';
import { AssessedLines, Totals } from './AssessedLines';
import { AssessmentForm } from './AssessmentForm';
import css from './fee.module.css';

/** What a dossier costs: its lines as they were worked out, what is still owed, and what became of it. */
export function FeesCard({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('fee');
  const fees = useQuery(feesQuery(dossier.id));
  // Who looks at a dossier as the team of an inspection reads its page and papers, not its money.
  if (fees.isError && asProblem(fees.error).status === 404) return null;
  return (
    <Card id="fees" title={t('title')} aside={fees.data && <PaymentChip fees={fees.data} />}>
      {fees.isPending && <Loading />}
      {fees.isError && <ProblemNotice error={fees.error} onRetry={() => void fees.refetch()} />}
      {fees.data && <Whole dossier={dossier} fees={fees.data} />}
    </Card>
  );
}

function PaymentChip({ fees }: { fees: DossierFees }) {
  const word = useWord();
  const settled = ['paid', 'exempt', 'not_required'].includes(fees.payment_state);
  return (
    <Chip tone={settled ? 'good' : 'rest'} icon={settled ? 'check' : undefined}>
      {capital(word('dossier:payment', fees.payment_state))}
    </Chip>
  );
}

function Whole({ dossier, fees }: { dossier: Dossier; fees: DossierFees }) {
  const { t } = useTranslation('fee');
  const [open, setOpen] = useState(false);
  const { assessment } = fees;
  return (
    <div className={css.body}>
      {assessment ? (
        <>
          <AssessedLines lines={assessment.lines} />
          <Totals assessment={assessment} owed={fees.owed_vnd} />
          <p className="small soft">
            {t('by', {
              name: assessment.assessed_by.full_name,
              at: formatDateTime(assessment.assessed_at),
              number: assessment.number,
            })}
          </p>
        </>
      ) : (
        !open && <Texts dossier={dossier} />
      )}
      {fees.payment_state === 'due' && dossier.code && <ToTheTill code={dossier.code} />}
      <UnknownPayment dossier={dossier} fees={fees} />
      {assessment && (
        <DossierReceipts
          returns
          dossier={dossier.id}
          collected={fees.payment_state === 'paid' ? assessment.net_vnd - fees.owed_vnd : undefined}
        />
      )}
      <VoidProposal dossier={dossier} fees={fees} />
      {fees.assessable && !open && (
        <div>
          <Button variant={assessment ? 'default' : 'filled'} onClick={() => setOpen(true)}>
            {assessment ? t('again') : t('begin')}
          </Button>
        </div>
      )}
      {fees.assessable && open && (
        <AssessmentForm dossier={dossier} on={fees.law_of} onDone={() => setOpen(false)} />
      )}
      {fees.entries.length > 0 && (
        <Disclosure summary={t('ledger.title')}>
          <ol className={css.entries}>
            {fees.entries.map((entry) => (
              <Entry key={entry.seq} entry={entry} />
            ))}
          </ol>
        </Disclosure>
      )}
    </div>
  );
}

/** The cashier's way to the code by which it is paid. */
function ToTheTill({ code }: { code: string }) {
  const { t } = useTranslation('fee');
  const me = useQuery(meQuery()).data;
  if (!me?.roles.some((r) => r.role === 'cashier')) return null;
  return (
    <p>
      <Link to="/till" search={{ code }}>
        {t('toTheTill')}
      </Link>
    </p>
  );
}

/** What may be asked for, word for word, while nothing is worked out yet. */
function Texts({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('fee');
  if (dossier.fees.length === 0) return <p className="soft">{t('none')}</p>;
  return (
    <ul className={css.lines}>
      {dossier.fees.map((f) => (
        <li key={f.name}>
          <strong>{f.name}</strong>
          <p>{f.text}</p>
        </li>
      ))}
    </ul>
  );
}

function Entry({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation('fee');
  const word = useWord();
  return (
    <li>
      <p>
        <strong>{word('fee:ledger.kind', entry.kind)}</strong>{' '}
        <span className="small soft">
          {t('ledger.at', { number: entry.seq, at: formatDateTime(entry.at) })}
          {entry.by && ` · ${entry.by.full_name}`}
        </span>
      </p>
      {entry.method && (
        <p className="small soft">
          {[word('fee:method', entry.method), entry.reference].filter(Boolean).join(' · ')}
        </p>
      )}
      <Facts
        items={entry.postings.map((p) => [
          `${word('fee:ledger.account', p.account)} (${word('fee:kind', p.kind)})`,
          <span key="amount" className="num">
            {formatVnd(p.amount_vnd)}
          </span>,
        ])}
      />
    </li>
  );
}
