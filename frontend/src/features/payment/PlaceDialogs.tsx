import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { BankTransaction, NewRefund } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatVnd } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useMatch, useProposeRefund } from './api';
import { AskDialog } from './AskDialog';
import css from './payment.module.css';

/** Says whose money it is: by the reference of a request. */
export function MatchDialog({ money, onClose }: { money: BankTransaction; onClose: () => void }) {
  const { t } = useTranslation('payment');
  const match = useMatch();
  return (
    <AskDialog
      title={t('match.title')}
      field={{ name: 'reference', label: t('match.reference'), maxLength: 64 }}
      yes={t('match.yes')}
      step={match}
      onSend={(reference) => match.mutate({ money, reference }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="soft">
        {t('match.lead', { amount: formatVnd(money.amount_vnd), text: money.description })}
      </p>
    </AskDialog>
  );
}

/** Proposes that money goes back to whom it came from. */
export function RefundDialog({ money, onClose }: { money: BankTransaction; onClose: () => void }) {
  const { t } = useTranslation('payment');
  const [body, setBody] = useState<NewRefund>({
    reason: '',
    to_name: money.payer_name ?? '',
    to_bank: '',
    to_account: '',
  });
  const propose = useProposeRefund();
  const problem = propose.isError ? asProblem(propose.error) : null;
  const errors = errorsByField(problem);
  const field = (key: keyof NewRefund) => ({
    name: key,
    label: t(`refund.${key}`),
    required: true,
    value: body[key],
    error: errors[key],
    onChange: (e: { currentTarget: HTMLInputElement }) => {
      const text = e.currentTarget.value;
      setBody((all) => ({ ...all, [key]: text }));
    },
  });
  const amount = money.state === 'unmatched' ? money.amount_vnd : money.refund_vnd;
  return (
    <Dialog title={t('refund.title')} onClose={onClose}>
      <KeyForm
        label={t('refund.title')}
        className={css.form}
        refusal={propose.error}
        onSend={() => {
          if (!propose.isPending) propose.mutate({ money, body }, { onSuccess: onClose });
        }}
      >
        <p className="soft">{t('refund.lead', { amount: formatVnd(amount) })}</p>
        <TextInput {...field('reason')} maxLength={300} data-autofocus />
        <TextInput {...field('to_name')} maxLength={150} />
        <TextInput {...field('to_bank')} maxLength={100} />
        <TextInput
          {...field('to_account')}
          maxLength={34}
          description={money.payer_account ? t('refund.from', { account: money.payer_account }) : undefined}
        />
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        <div className={css.buttons}>
          <Button type="submit" loading={propose.isPending}>
            {t('refund.yes')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel.no')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
