import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Role } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice, type Tone } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useRefunds, useRefundStep } from './api';
import { AskDialog } from './AskDialog';
import css from './payment.module.css';

type Step = 'approve' | 'reject' | 'payout';

const tones: Record<Refund['state'], Tone> = {
  proposed: 'soon',
  approved: 'accent',
  rejected: 'plain',
  paid_out: 'good',
};

/** Which ways a refund may go on by whoever looks at it. */
function stepsOf(refund: Refund, roles: Role[]): Step[] {
  const decides = roles.includes('leader') || roles.includes('director');
  if (refund.state === 'proposed' && decides) return ['approve', 'reject'];
  if (refund.state === 'approved' && roles.includes('cashier')) return ['payout'];
  return [];
}

/** Money that goes back, or what of a collection does: proposed by one, approved by another, over when the bank has paid it. */
export function RefundsCard({ roles }: { roles: Role[] }) {
  const { t } = useTranslation('payment');
  const [cursor, setCursor] = useState<string>();
  const refunds = useRefunds(cursor);
  return (
    <Card id="refunds" title={t('refunds.title')}>
      <p className="small soft">{t('refunds.lead')}</p>
      {refunds.isPending && <Loading rows={3} />}
      {refunds.isError && <ProblemNotice error={refunds.error} onRetry={() => void refunds.refetch()} />}
      {refunds.data?.items.length === 0 && <p className="soft">{t('refunds.none')}</p>}
      {refunds.data && refunds.data.items.length > 0 && (
        <ul className={css.due}>
          {refunds.data.items.map((r) => (
            <Line key={r.id} refund={r} steps={stepsOf(r, roles)} />
          ))}
        </ul>
      )}
      <Pager next={refunds.data?.next} prev={refunds.data?.prev} onGo={setCursor} />
    </Card>
  );
}

function Line({ refund, steps }: { refund: Refund; steps: Step[] }) {
  const { t } = useTranslation('payment');
  const [step, setStep] = useState<Step>();
  const told = (who: { full_name: string } | null | undefined, at: string | null | undefined, key: Step) =>
    who && at ? t(`refunds.told.${key}`, { name: who.full_name, at: formatDateTime(at) }) : null;
  const decided = refund.state === 'rejected' ? 'reject' : 'approve';
  return (
    <li>
      <div>
        <p>
          <strong className="num">{formatVnd(refund.amount_vnd)}</strong>{' '}
          <Chip tone={tones[refund.state]}>{t(`refunds.state.${refund.state}`)}</Chip>
        </p>
        {refund.receipt_name && (
          <p>{t('refunds.of', { name: refund.receipt_name, code: refund.dossier_code ?? t('noCode') })}</p>
        )}
        <p lang="vi">
          {refund.to_name} – {refund.to_account} – {refund.to_bank}
        </p>
        <p className="small soft">
          {[
            t('refunds.told.propose', {
              name: refund.proposed_by.full_name,
              at: formatDateTime(refund.proposed_at),
              reason: refund.reason,
            }),
            told(refund.decided_by, refund.decided_at, decided),
            refund.decision_reason,
            told(refund.paid_by, refund.paid_at, 'payout'),
            refund.bank_reference,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {steps.length > 0 && (
        <div className={css.take}>
          {steps.map((s) => (
            <Button key={s} variant={s === 'reject' ? 'default' : 'filled'} onClick={() => setStep(s)}>
              {t(`refunds.step.${s}`)}
            </Button>
          ))}
        </div>
      )}
      {step && <StepDialog refund={refund} step={step} onClose={() => setStep(undefined)} />}
    </li>
  );
}

function StepDialog({ refund, step, onClose }: { refund: Refund; step: Step; onClose: () => void }) {
  const { t } = useTranslation('payment');
  const go = useRefundStep();
  const asked = {
    approve: undefined,
    reject: { name: 'reason', label: t('refunds.text.reject'), maxLength: 300 },
    payout: { name: 'bank_reference', label: t('refunds.text.payout'), maxLength: 64 },
  };
  return (
    <AskDialog
      title={t(`refunds.step.${step}`)}
      field={asked[step]}
      yes={t(`refunds.step.${step}`)}
      step={go}
      onSend={(text) => go.mutate({ refund, step, text }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Facts
        items={[
          [t('amount'), formatVnd(refund.amount_vnd)],
          [
            t('refunds.collection'),
            refund.receipt_name &&
              t('refunds.receipt', { name: refund.receipt_name, code: refund.dossier_code ?? t('noCode') }),
          ],
          [
            t('refund.to_name'),
            <span key="n" lang="vi">
              {refund.to_name}
            </span>,
          ],
          [
            t('refund.to_account'),
            <span key="a" className="code">
              {refund.to_account}
            </span>,
          ],
          [
            t('refund.to_bank'),
            <span key="b" lang="vi">
              {refund.to_bank}
            </span>,
          ],
          [
            t('refund.reason'),
            <span key="r" lang="vi">
              {refund.reason}
            </span>,
          ],
        ]}
      />
    </AskDialog>
  );
}
