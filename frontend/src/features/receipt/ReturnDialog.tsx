import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewReceiptRefund, Receipt, Refund } from '@/shared/api/types';
import { AmountInput } from '@/shared/ui/AmountInput';
import { Dialog } from '@/shared/ui/Dialog';
import { formatVnd } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useProposeReturn } from './api';
import css from './receipt.module.css';
import { nameOf } from './words';

/** Proposes that what a receipt was given for goes back to who paid: all of it, unless said otherwise. */
export function ReturnDialog(props: {
  receipt: Receipt;
  onDone: (proposed: Refund) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['receipt', 'payment']);
  const { receipt } = props;
  const [amount, setAmount] = useState<number | null>(receipt.amount_vnd);
  const [texts, setTexts] = useState({
    reason: '',
    to_name: receipt.payer_name,
    to_bank: '',
    to_account: '',
  });
  const propose = useProposeReturn();
  const problem = propose.isError ? asProblem(propose.error) : null;
  const errors = errorsByField(problem);
  const title = t('return.title', { name: nameOf(receipt) });
  const field = (key: keyof typeof texts) => ({
    name: key,
    label: t(`return.${key}`),
    required: true,
    value: texts[key],
    error: errors[key],
    onChange: (e: { currentTarget: HTMLInputElement }) => {
      const text = e.currentTarget.value;
      setTexts((all) => ({ ...all, [key]: text }));
    },
  });
  // What is not typed is nothing, and refused as that.
  const body: NewReceiptRefund = { ...texts, amount_vnd: amount ?? 0 };
  return (
    <Dialog title={title} onClose={props.onClose}>
      <KeyForm
        label={title}
        className={css.form}
        refusal={propose.error}
        onSend={() => {
          if (!propose.isPending) propose.mutate({ receipt, body }, { onSuccess: props.onDone });
        }}
      >
        <p className="soft">{t('return.lead', { amount: formatVnd(receipt.amount_vnd) })}</p>
        <AmountInput
          name="amount_vnd"
          label={t('return.amount_vnd')}
          required
          first
          value={amount}
          error={errors.amount_vnd}
          onChange={setAmount}
        />
        <TextInput {...field('reason')} maxLength={300} />
        <TextInput {...field('to_name')} maxLength={150} />
        <TextInput {...field('to_bank')} maxLength={100} />
        <TextInput {...field('to_account')} maxLength={34} />
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        <div className={css.buttons}>
          <Button type="submit" loading={propose.isPending}>
            {t('return.yes')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('payment:cancel.no')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
