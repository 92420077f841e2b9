import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField, type ApiProblem } from '@/shared/api/problem';
import type { CollectionAccount, StatementFormat } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { columnsQuery, useBringIn, useConfirmedAccounts } from './api';
import { ColumnsDialog } from './ColumnsDialog';
import { FileField } from './FileField';
import type { ChosenStatement } from './file';
import css from './statement.module.css';
import { columnsOf, counted } from './words';

const formats: StatementFormat[] = ['csv', 'camt053'];

/** What is refused as a whole, by the field at which it is put right. */
const FIELD_OF: Record<string, string> = {
  statement_encoding: 'file',
  statement_unreadable: 'file',
  statement_empty: 'file',
  statement_columns: 'file',
  statement_of_another_account: 'account_id',
  no_statement_columns: 'account_id',
};

function complaints(problem: ApiProblem | null): Record<string, string> {
  const field = problem && FIELD_OF[problem.code];
  return field ? { [field]: problem.detail } : errorsByField(problem);
}

/** Brings a statement in. */
export function ImportCard() {
  const { t } = useTranslation('statement');
  const accounts = useConfirmedAccounts();
  return (
    <Card id="import" title={t('import.title')}>
      <p className="small soft">{t('import.lead')}</p>
      {accounts.isPending && <Loading rows={3} />}
      {accounts.isError && <ProblemNotice error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.data?.length === 0 && <p className="soft">{t('import.noAccounts')}</p>}
      {accounts.data && accounts.data.length > 0 && <ImportForm accounts={accounts.data} />}
    </Card>
  );
}

function ImportForm({ accounts }: { accounts: CollectionAccount[] }) {
  const { t } = useTranslation('statement');
  const form = useRef<KeyFormHandle>(null);
  const [accountId, setAccountId] = useState('');
  const [file, setFile] = useState<ChosenStatement | null>(null);
  const [format, setFormat] = useState<StatementFormat>('csv');
  /** It was to be sent without a file. */
  const [lacks, setLacks] = useState(false);
  /** Why the columns are asked for: because somebody wants to, or because a statement waits for them. */
  const [naming, setNaming] = useState<'asked' | 'refused'>();
  const [named, setNamed] = useState(false);
  const bring = useBringIn();
  const account = accounts.find((a) => a.id === accountId) ?? accounts[0];
  if (!account) return null;
  const bank = account.bank_name ?? account.bank_bin;
  const problem = bring.isError ? asProblem(bring.error) : null;
  const errors = complaints(problem);
  const lacking =
    problem?.code === 'statement_columns' ? columnsOf(problem.errors.map((e) => e.pointer)) : [];
  const told = problem !== null && problem.code in FIELD_OF;

  const send = () => {
    if (bring.isPending) return;
    setNamed(false);
    if (!file) {
      setLacks(true);
      form.current?.focusFault();
      return;
    }
    bring.mutate(
      { account: account.id, format, file },
      {
        onSuccess: () => setFile(null),
        onError: (error) => {
          if (asProblem(error).code === 'no_statement_columns') setNaming('refused');
        },
      },
    );
  };
  const choose = (chosen: ChosenStatement | null) => {
    setFile(chosen);
    setLacks(false);
    if (chosen) setFormat(chosen.format);
    bring.reset();
  };
  return (
    <>
      <KeyForm
        ref={form}
        label={t('import.title')}
        className={css.form}
        // The dialog of the columns has the focus.
        refusal={naming ? null : bring.error}
        onSend={send}
      >
        <div className={css.account}>
          <NativeSelect
            name="account_id"
            label={t('import.account')}
            value={account.id}
            error={errors.account_id}
            required
            onChange={(e) => {
              setAccountId(e.currentTarget.value);
              setNamed(false);
              bring.reset();
            }}
            data={accounts.map((a) => ({
              value: a.id,
              label: [a.bank_name ?? a.bank_bin, a.account_number, a.holder].join(' · '),
            }))}
          />
          <Button variant="default" className={css.columns} onClick={() => setNaming('asked')}>
            {t('import.columns', { bank })}
          </Button>
        </div>
        {named && <Notice tone="good" live title={t('columns.done', { bank })} />}
        <FileField
          chosen={file}
          error={lacks ? t('import.unusable.none') : (errors.file ?? errors.file_name)}
          onChoose={choose}
        />
        {lacking.length > 0 && (
          <Lacking bin={account.bank_bin} columns={lacking} onEdit={() => setNaming('refused')} />
        )}
        <NativeSelect
          name="format"
          label={t('import.format')}
          value={format}
          error={errors.format}
          required
          onChange={(e) => {
            setFormat(e.currentTarget.value as StatementFormat);
            bring.reset();
          }}
          data={formats.map((f) => ({ value: f, label: t(`format.${f}`) }))}
        />
        {problem && !told && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        {bring.isSuccess && <Outcome outcome={bring.data} />}
        <div className={css.buttons}>
          <Button type="submit" loading={bring.isPending}>
            {t('import.send')}
          </Button>
        </div>
      </KeyForm>
      {naming && (
        <ColumnsDialog
          account={account}
          lacking={lacking}
          waits={naming === 'refused' && file !== null}
          onDone={() => {
            setNaming(undefined);
            // What waited for the columns goes on by itself.
            if (naming === 'refused' && file) send();
            else setNamed(true);
          }}
          onClose={() => setNaming(undefined)}
        />
      )}
    </>
  );
}

/** Columns that the file does not have, under the names that somebody gave them. */
function Lacking(props: { bin: string; columns: ReturnType<typeof columnsOf>; onEdit: () => void }) {
  const { t } = useTranslation('statement');
  const saved = useQuery(columnsQuery(props.bin)).data?.columns;
  return (
    <Notice
      tone="soon"
      title={t('import.lacking')}
      foot={
        <Button size="compact-md" variant="default" onClick={props.onEdit}>
          {t('import.editColumns')}
        </Button>
      }
    >
      <ul>
        {props.columns.map((column) => (
          <li key={column}>
            {t(`columns.${column}`)}
            {saved?.[column] && (
              <>
                {': '}
                <strong lang="vi">“{saved[column]}”</strong>
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What became of the file: it is being gone through, or it was there already. */
function Outcome({ outcome }: { outcome: NonNullable<ReturnType<typeof useBringIn>['data']> }) {
  const { t } = useTranslation('statement');
  const { statement, made } = outcome;
  return (
    <Notice
      tone={made ? 'good' : 'accent'}
      live
      title={
        made
          ? t('import.made', { file: statement.file_name, ...counted(statement.lines_total) })
          : t('import.before', {
              file: statement.file_name,
              name: statement.imported_by.full_name,
              at: formatDateTime(statement.imported_at),
            })
      }
      foot={
        <Link to="/statements" search={{ statement: statement.id }}>
          {t('import.open')}
        </Link>
      }
    />
  );
}
