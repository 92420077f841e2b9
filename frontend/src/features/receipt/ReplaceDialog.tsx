import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewReplacement, Receipt } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatVnd } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { receiptQuery, useReplace } from './api';
import css from './receipt.module.css';
import { nameOf } from './words';

interface Props {
  receipt: Receipt;
  onDone: (made: Receipt) => void;
  onClose: () => void;
}

/** Gives a receipt that takes another's place, because what that says of the payer is wrong. */
export function ReplaceDialog(props: Props) {
  const { t } = useTranslation('receipt');
  // A list shows the payer's number masked: what is to be corrected is read whole, which is recorded.
  const whole = useQuery(receiptQuery(props.receipt.id));
  if (whole.isSuccess) return <ReplaceForm {...props} receipt={whole.data} />;
  return (
    <Dialog title={t('replace.title', { name: nameOf(props.receipt) })} onClose={props.onClose}>
      {whole.isError ? <ProblemNotice error={asProblem(whole.error)} /> : <Loading rows={5} />}
    </Dialog>
  );
}

function ReplaceForm(props: Props) {
  const { t } = useTranslation(['receipt', 'payment']);
  const { receipt } = props;
  const [body, setBody] = useState({
    reason: '',
    payer_name: receipt.payer_name,
    payer_number: receipt.payer_number ?? '',
    payer_address: receipt.payer_address ?? '',
  });
  const replace = useReplace();
  const problem = replace.isError ? asProblem(replace.error) : null;
  const errors = errorsByField(problem);
  const title = t('replace.title', { name: nameOf(receipt) });
  const field = (key: keyof NewReplacement) => ({
    name: key,
    label: t(`replace.${key}`),
    value: body[key],
    error: errors[key],
    onChange: (e: { currentTarget: HTMLInputElement }) => {
      const text = e.currentTarget.value;
      setBody((all) => ({ ...all, [key]: text }));
    },
  });
  return (
    <Dialog title={title} onClose={props.onClose}>
      <KeyForm
        label={title}
        className={css.form}
        refusal={replace.error}
        onSend={() => {
          if (!replace.isPending) replace.mutate({ receipt, body }, { onSuccess: props.onDone });
        }}
      >
        <p className="soft">{t('replace.lead', { amount: formatVnd(receipt.amount_vnd) })}</p>
        <TextInput {...field('reason')} required maxLength={300} data-autofocus />
        <TextInput {...field('payer_name')} required maxLength={150} />
        <TextInput {...field('payer_number')} maxLength={20} />
        <TextInput {...field('payer_address')} maxLength={300} />
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        <div className={css.buttons}>
          <Button type="submit" loading={replace.isPending}>
            {t('replace.yes')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('payment:cancel.no')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
