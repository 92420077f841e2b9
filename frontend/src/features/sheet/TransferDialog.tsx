import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { TreasuryMonth } from '@/shared/api/types';
import { AmountInput } from '@/shared/ui/AmountInput';
import { DateInput } from '@/shared/ui/DateInput';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDate, formatVnd } from '@/shared/ui/format';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useEnterTransfer } from './api';
import css from './sheet.module.css';
import { formatMonth } from './words';

const fields = ['phi_vnd', 'le_phi_vnd', 'kept_phi_vnd', 'kept_source', 'bank_reference', 'transferred_on'];

/** Enters that the bank has passed a month's money on to the State Treasury: what is left of it, unless said otherwise. */
export function TransferDialog(props: {
  authority: string;
  month: TreasuryMonth;
  today: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('sheet');
  const { authority, month } = props;
  const left = { phi: Math.max(0, month.left_phi_vnd), le_phi: Math.max(0, month.left_le_phi_vnd) };
  const [amounts, setAmounts] = useState<Record<'phi_vnd' | 'le_phi_vnd' | 'kept_phi_vnd', number | null>>({
    phi_vnd: left.phi,
    le_phi_vnd: left.le_phi,
    kept_phi_vnd: 0,
  });
  const [texts, setTexts] = useState({ kept_source: '', bank_reference: '' });
  const [day, setDay] = useState(props.today);
  const enter = useEnterTransfer();
  const problem = enter.isError ? asProblem(enter.error) : null;
  const errors = errorsByField(problem);
  const title = t('enter.title', { month: formatMonth(month.month) });
  const amount = (name: keyof typeof amounts) => ({
    name,
    label: t(`enter.${name}`),
    value: amounts[name],
    error: errors[name],
    onChange: (value: number | null) => setAmounts((all) => ({ ...all, [name]: value })),
  });
  const text = (name: keyof typeof texts) => ({
    name,
    label: t(`enter.${name}`),
    value: texts[name],
    error: errors[name],
    inputWrapperOrder: helpBelow,
    onChange: (e: { currentTarget: HTMLInputElement }) => {
      const { value } = e.currentTarget;
      setTexts((all) => ({ ...all, [name]: value }));
    },
  });
  const send = () => {
    if (enter.isPending) return;
    enter.mutate(
      {
        authority_id: authority,
        month: month.month,
        phi_vnd: amounts.phi_vnd ?? 0,
        le_phi_vnd: amounts.le_phi_vnd ?? 0,
        kept_phi_vnd: amounts.kept_phi_vnd ?? 0,
        kept_source: texts.kept_source || null,
        bank_reference: texts.bank_reference,
        transferred_on: day,
      },
      { onSuccess: props.onDone },
    );
  };
  return (
    <Dialog title={title} onClose={props.onClose}>
      <KeyForm label={title} className={css.form} refusal={enter.error} onSend={send}>
        <p className="soft">
          {t('enter.lead', {
            phi: formatVnd(left.phi),
            le_phi: formatVnd(left.le_phi),
            due: formatDate(month.due_on),
          })}
        </p>
        <AmountInput {...amount('phi_vnd')} first />
        <AmountInput {...amount('le_phi_vnd')} />
        <AmountInput {...amount('kept_phi_vnd')} description={t('enter.keptHint')} />
        <TextInput {...text('kept_source')} description={t('enter.sourceHint')} maxLength={300} />
        <TextInput {...text('bank_reference')} required maxLength={64} />
        <DateInput
          name="transferred_on"
          label={t('enter.transferred_on')}
          required
          value={day}
          error={errors.transferred_on}
          onChange={setDay}
        />
        {problem && <ProblemNotice error={problem} shown={fields} />}
        <div className={css.buttons}>
          <Button type="submit" loading={enter.isPending}>
            {t('enter.yes')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('enter.no')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
