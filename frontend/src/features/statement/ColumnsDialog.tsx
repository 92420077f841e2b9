import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type {
  CollectionAccount,
  DateOrder,
  StatementColumns,
  StatementColumnsView,
} from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDateTime } from '@/shared/ui/format';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { columnsQuery, useNameColumns } from './api';
import css from './statement.module.css';
import { columnNames, isNeeded, type ColumnName } from './words';

const orders: DateOrder[] = ['dmy', 'mdy', 'ymd'];

interface Asked {
  account: CollectionAccount;
  /** Columns that a file was found not to have. */
  lacking: ColumnName[];
  /** A statement is sent again once they are named. */
  waits: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** Says what the columns of a bank's sheets are called. */
export function ColumnsDialog(props: Asked) {
  const { t } = useTranslation('statement');
  const { account, onClose } = props;
  const saved = useQuery(columnsQuery(account.bank_bin));
  return (
    <Dialog
      wide
      title={t('columns.title', { bank: account.bank_name ?? account.bank_bin })}
      onClose={onClose}
    >
      {saved.isPending && <Loading rows={8} />}
      {saved.isError && <ProblemNotice error={saved.error} onRetry={() => void saved.refetch()} />}
      {saved.data !== undefined && <ColumnsForm {...props} saved={saved.data} />}
    </Dialog>
  );
}

type Texts = Record<ColumnName, string>;

const textsOf = (columns?: StatementColumns): Texts => ({
  booked_on: columns?.booked_on ?? '',
  credit: columns?.credit ?? '',
  debit: columns?.debit ?? '',
  reference: columns?.reference ?? '',
  description: columns?.description ?? '',
  payer_name: columns?.payer_name ?? '',
  payer_account: columns?.payer_account ?? '',
});

function ColumnsForm({ account, saved, lacking, ...props }: Asked & { saved: StatementColumnsView | null }) {
  const { t } = useTranslation('statement');
  const [texts, setTexts] = useState(() => textsOf(saved?.columns));
  const [dates, setDates] = useState<DateOrder>(saved?.columns.dates ?? 'dmy');
  const save = useNameColumns();
  const problem = save.isError ? asProblem(save.error) : null;
  const errors = errorsByField(problem);
  const first = lacking[0] ?? 'booked_on';
  const start = useRef<HTMLInputElement>(null);
  // The dialog may have stood open, without any field, while what is saved was being fetched.
  useEffect(() => start.current?.focus(), []);
  const errorOf = (column: ColumnName) => {
    if (problem) return errors[`columns/${column}`];
    // Until it is called something else.
    const same = texts[column] === textsOf(saved?.columns)[column];
    return lacking.includes(column) && same ? t('columns.lacking') : undefined;
  };
  const field = (column: ColumnName) => (
    <TextInput
      key={column}
      ref={column === first ? start : undefined}
      name={column}
      label={t(`columns.${column}`)}
      description={t(`columns.hint.${column}`)}
      inputWrapperOrder={helpBelow}
      required={isNeeded(column)}
      maxLength={100}
      data-autofocus={column === first || undefined}
      value={texts[column]}
      error={errorOf(column)}
      onChange={(e) => {
        const text = e.currentTarget.value;
        setTexts((all) => ({ ...all, [column]: text }));
      }}
    />
  );
  const send = () => {
    if (save.isPending) return;
    save.mutate(
      {
        bank_bin: account.bank_bin,
        columns: {
          ...texts,
          dates,
          debit: texts.debit || null,
          payer_name: texts.payer_name || null,
          payer_account: texts.payer_account || null,
        },
      },
      { onSuccess: props.onDone },
    );
  };
  const [bookedOn, ...others] = columnNames;
  return (
    <KeyForm
      label={t('columns.title', { bank: account.bank_name ?? account.bank_bin })}
      className={css.form}
      refusal={save.error}
      onSend={send}
    >
      <div>
        <p>{t('columns.lead')}</p>
        <p className="small soft" lang="vi">
          {t('columns.example')}
        </p>
      </div>
      <div className={css.pairs}>
        {field(bookedOn)}
        <NativeSelect
          name="dates"
          label={t('columns.dates')}
          required
          value={dates}
          error={errors['columns/dates']}
          onChange={(e) => setDates(e.currentTarget.value as DateOrder)}
          data={orders.map((order) => ({ value: order, label: t(`columns.order.${order}`) }))}
        />
        {others.map(field)}
      </div>
      {saved && <p className="small soft">{t('columns.since', { at: formatDateTime(saved.entered_at) })}</p>}
      {problem && (
        <ProblemNotice error={problem} shown={Object.keys(errors).filter((k) => k.startsWith('columns/'))} />
      )}
      <div className={css.buttons}>
        <Button type="submit" loading={save.isPending}>
          {t(props.waits ? 'columns.saveAndSend' : 'columns.save')}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('columns.no')}
        </Button>
      </div>
    </KeyForm>
  );
}
