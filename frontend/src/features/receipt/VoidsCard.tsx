import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { AskDialog } from '@/features/payment/AskDialog';
import type { CollectionVoid } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useDecideVoid, useVoids } from './api';
import css from './receipt.module.css';
import { voidTone } from './words';

const steps = ['approve', 'reject'] as const;
type Step = (typeof steps)[number];

/** Collections that a cashier recorded by mistake: proposed by one, decided by another on the same day. */
export function VoidsCard(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('receipt');
  const voids = useVoids(props.cursor);
  const me = useQuery(meQuery()).data;
  const decides = me?.permissions.includes('payments.voids_approve') ?? false;
  return (
    <Card id="voids" title={t('voids.title')}>
      <div className={css.body}>
        <p className="small soft">{t('voids.lead')}</p>
        {voids.isPending && <Loading rows={5} />}
        {voids.isError && <ProblemNotice error={voids.error} onRetry={() => void voids.refetch()} />}
        {voids.data?.items.length === 0 && <Empty icon="check" title={t('voids.none')} />}
        {voids.data && voids.data.items.length > 0 && (
          <ul className={css.lines}>
            {voids.data.items.map((v) => (
              <Line
                key={v.id}
                proposal={v}
                // Somebody else decides about what one has proposed.
                decides={decides && v.state === 'proposed' && v.proposed_by.id !== me?.id}
              />
            ))}
          </ul>
        )}
        <Pager next={voids.data?.next} prev={voids.data?.prev} onGo={props.onGo} />
      </div>
    </Card>
  );
}

function Line({ proposal, decides }: { proposal: CollectionVoid; decides: boolean }) {
  const { t } = useTranslation(['receipt', 'payment']);
  const [step, setStep] = useState<Step>();
  const [tone, icon] = voidTone[proposal.state];
  const decided = proposal.state === 'rejected' ? 'reject' : 'approve';
  return (
    <li>
      <div>
        <p>
          <Link to="/dossiers/$id" params={{ id: proposal.dossier_id }} className="code">
            {proposal.dossier_code ?? t('payment:noCode')}
          </Link>{' '}
          <Chip tone={tone} icon={icon}>
            {t(`voids.state.${proposal.state}`)}
          </Chip>
        </p>
        <p lang="vi">{proposal.reason}</p>
        <p className="small soft">
          {t('voids.told.propose', {
            name: proposal.proposed_by.full_name,
            at: formatDateTime(proposal.proposed_at),
          })}
          {proposal.decided_by &&
            proposal.decided_at &&
            ` · ${t(`voids.told.${decided}`, {
              name: proposal.decided_by.full_name,
              at: formatDateTime(proposal.decided_at),
            })}`}
          {proposal.decision_reason && (
            <>
              {' · '}
              <span lang="vi">{proposal.decision_reason}</span>
            </>
          )}
        </p>
      </div>
      <div className={css.take}>
        <strong className="num">{formatVnd(proposal.amount_vnd)}</strong>
        {decides &&
          steps.map((s) => (
            <Button key={s} variant={s === 'reject' ? 'default' : 'filled'} onClick={() => setStep(s)}>
              {t(`voids.step.${s}`)}
            </Button>
          ))}
      </div>
      {step && <StepDialog proposal={proposal} step={step} onClose={() => setStep(undefined)} />}
    </li>
  );
}

function StepDialog(props: { proposal: CollectionVoid; step: Step; onClose: () => void }) {
  const { t } = useTranslation(['receipt', 'payment']);
  const { proposal, step, onClose } = props;
  const decide = useDecideVoid();
  return (
    <AskDialog
      title={t(`voids.step.${step}`)}
      field={step === 'reject' ? { name: 'reason', label: t('voids.whyNot'), maxLength: 300 } : undefined}
      yes={t(`voids.step.${step}`)}
      step={decide}
      onSend={(reason) => decide.mutate({ proposal, step, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t(`voids.ask.${step}`)}</p>
      <Facts
        items={[
          [t('payment:dossier'), <strong key="d">{proposal.dossier_code ?? t('payment:noCode')}</strong>],
          [t('payment:amount'), formatVnd(proposal.amount_vnd)],
          [
            t('voids.reason'),
            <span key="r" lang="vi">
              {proposal.reason}
            </span>,
          ],
          [t('voids.by'), proposal.proposed_by.full_name],
        ]}
      />
    </AskDialog>
  );
}
