import { Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorsByField } from '@/shared/api/problem';
import type { NewPayment } from '@/shared/api/types';
import { AmountInput } from '@/shared/ui/AmountInput';
import { formatVnd } from '@/shared/ui/format';
import { Facts } from '@/shared/ui/Page';
import css from '../dossier.module.css';
import type { ActionFormProps } from './forms';
import { TextForm } from './TextForm';

/** An amount became known while the dossier was handled; the clock stops until it is settled. */
export function PaymentRequestForm({ onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [amount, setAmount] = useState<number | null>(null);
  return (
    <TextForm
      {...rest}
      hint={t('paymentRequest.hint')}
      label={t('paymentRequest.reason')}
      description={t('paymentRequest.reasonHint')}
      send={t('paymentRequest.send')}
      onSend={(reason) => onSend({ action: 'payment-requests', body: { amount_vnd: amount ?? 0, reason } })}
    >
      <AmountInput
        required
        label={t('paymentRequest.amount')}
        value={amount}
        error={errorsByField(rest.problem).amount_vnd}
        onChange={setAmount}
      />
    </TextForm>
  );
}

/** The cashier confirms: paid in full by a receipt, or exempt by a paper that says so. */
export function PaymentForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [settlement, setSettlement] = useState<NewPayment['settlement']>('paid');
  const owed = dossier.payment_request;
  return (
    <TextForm
      {...rest}
      field="reference"
      line
      label={t(`payment.reference.${settlement}`)}
      send={t(`payment.send.${settlement}`)}
      onSend={(reference) => onSend({ action: 'payments', body: { settlement, reference } })}
    >
      {owed && !owed.settlement && (
        <Facts
          items={[
            [t('payment.owed'), <strong key="amount">{formatVnd(owed.amount_vnd)}</strong>],
            [t('payment.for'), owed.reason],
          ]}
        />
      )}
      <Radio.Group
        label={t('payment.how')}
        value={settlement}
        error={errorsByField(rest.problem).settlement}
        onChange={(value) => setSettlement(value)}
      >
        <div className={css.choices}>
          <Radio value="paid" label={t('payment.paid')} />
          <Radio value="exempt" label={t('payment.exempt')} />
        </div>
      </Radio.Group>
    </TextForm>
  );
}
