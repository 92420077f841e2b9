import { Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cashRuleQuery } from '@/features/closing/api';
import { useMay } from '@/features/receipt/useMay';
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

/** How a cashier takes money: what is paid online is told of by the payment platform alone. */
type TakenMethod = Exclude<NonNullable<NewPayment['method']>, 'online'>;

/** The cashier confirms: paid in full by a receipt, or exempt by a paper that says so. */
export function PaymentForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [settlement, setSettlement] = useState<NewPayment['settlement']>('paid');
  const [method, setMethod] = useState<TakenMethod>('transfer');
  const asked = dossier.payment_request;
  const owed = asked && !asked.settlement ? asked : null;
  // What was asked for while it was handled comes first; else it is the fees that were worked out.
  const fees = !owed && dossier.payment_state === 'due';
  const reads = useMay('payments.read');
  const rule = useQuery({ ...cashRuleQuery(), enabled: fees && reads });
  return (
    <TextForm
      {...rest}
      field="reference"
      line
      label={fees ? t(`payment.feeReference.${method}`) : t(`payment.reference.${settlement}`)}
      send={t(`payment.send.${fees ? 'paid' : settlement}`)}
      onSend={(reference) =>
        onSend({
          action: 'payments',
          body: fees ? { settlement: 'paid', method, reference } : { settlement, reference },
        })
      }
    >
      {owed && (
        <Facts
          items={[
            [t('payment.owed'), <strong key="amount">{formatVnd(owed.amount_vnd)}</strong>],
            [t('payment.for'), owed.reason],
          ]}
        />
      )}
      {fees ? (
        <>
          <p className="soft">{t('payment.feesHint')}</p>
          <Radio.Group
            label={t('payment.method')}
            value={method}
            error={errorsByField(rest.problem).method}
            onChange={(value) => setMethod(value)}
          >
            <div className={css.choices}>
              <Radio value="transfer" label={t('payment.transfer')} />
              <Radio value="card" label={t('payment.card')} />
              {rule.data?.allowed && <Radio value="cash" label={t('payment.cash')} />}
            </div>
          </Radio.Group>
        </>
      ) : (
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
      )}
    </TextForm>
  );
}
