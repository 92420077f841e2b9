import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { CollectionAccount, NewCollectionAccount, Role } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { accountsQuery, useChangeAccount, useProposeAccount } from './api';
import { AskDialog } from './AskDialog';
import css from './payment.module.css';

const CONFIRMS: Role[] = ['leader', 'director'];

/** Where each authority collects: named by the administrator, confirmed by who answers for the money. */
export function AccountsCard({ roles }: { roles: Role[] }) {
  const { t } = useTranslation('payment');
  const [cursor, setCursor] = useState<string>();
  const accounts = useQuery(accountsQuery(cursor));
  const confirms = CONFIRMS.some((role) => roles.includes(role));
  return (
    <Card id="accounts" title={t('accounts.title')}>
      <p className="small soft">{t('accounts.lead')}</p>
      {accounts.isPending && <Loading rows={4} />}
      {accounts.isError && <ProblemNotice error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.data?.items.length === 0 && <p className="soft">{t('accounts.none')}</p>}
      {accounts.data && accounts.data.items.length > 0 && (
        <ul className={css.due}>
          {accounts.data.items.map((a) => (
            <AccountLine key={a.id} account={a} confirms={confirms} />
          ))}
        </ul>
      )}
      <Pager next={accounts.data?.next} prev={accounts.data?.prev} onGo={setCursor} />
      {roles.includes('admin') && <ProposeForm />}
    </Card>
  );
}

function useAuthorityName() {
  const authorities = useQuery(authoritiesQuery()).data?.items;
  return (id: string) => authorities?.find((a) => a.id === id)?.name ?? '';
}

function AccountLine({ account, confirms }: { account: CollectionAccount; confirms: boolean }) {
  const { t } = useTranslation('payment');
  const nameOf = useAuthorityName();
  const [step, setStep] = useState<'confirm' | 'end'>();
  const tone = account.state === 'collecting' ? 'good' : account.state === 'proposed' ? 'soon' : 'plain';
  return (
    <li>
      <div>
        <p>
          <strong lang="vi">{nameOf(account.authority_id)}</strong>{' '}
          <Chip tone={tone} icon={account.state === 'collecting' ? 'check' : undefined}>
            {t(`accounts.state.${account.state}`)}
          </Chip>
        </p>
        <p>
          <span className="code">{account.account_number}</span> –{' '}
          <span>{account.bank_name ?? account.bank_bin}</span> – <span lang="vi">{account.holder}</span>
        </p>
        <p className="small soft">
          {t('accounts.named', {
            name: account.proposed_by.full_name,
            at: formatDateTime(account.proposed_at),
            source: account.source,
          })}
          {account.confirmed_by &&
            account.confirmed_at &&
            ` · ${t('accounts.confirmed', { name: account.confirmed_by.full_name, at: formatDateTime(account.confirmed_at) })}`}
          {account.ended_at && ` · ${t('accounts.ended', { at: formatDateTime(account.ended_at) })}`}
        </p>
      </div>
      {confirms && account.state !== 'ended' && (
        <div className={css.take}>
          {account.state === 'proposed' && (
            <Button onClick={() => setStep('confirm')}>{t('accounts.confirm')}</Button>
          )}
          <Button variant="default" onClick={() => setStep('end')}>
            {t('accounts.end')}
          </Button>
        </div>
      )}
      {step && <StepDialog account={account} step={step} onClose={() => setStep(undefined)} />}
    </li>
  );
}

function StepDialog(props: { account: CollectionAccount; step: 'confirm' | 'end'; onClose: () => void }) {
  const { t } = useTranslation('payment');
  const { account, step, onClose } = props;
  const nameOf = useAuthorityName();
  const change = useChangeAccount();
  return (
    <AskDialog
      title={t(`accounts.${step}`)}
      yes={t(`accounts.${step}`)}
      step={change}
      onSend={() => change.mutate({ account, step }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t(`accounts.ask.${step}`)}</p>
      <Facts
        items={[
          [
            t('authority'),
            <span key="a" lang="vi">
              {nameOf(account.authority_id)}
            </span>,
          ],
          [
            t('account'),
            <span key="n" className="code">
              {account.account_number}
            </span>,
          ],
          [t('accounts.bank'), account.bank_name ?? account.bank_bin],
          [
            t('payee'),
            <span key="h" lang="vi">
              {account.holder}
            </span>,
          ],
          [
            t('accounts.source'),
            <span key="s" lang="vi">
              {account.source}
            </span>,
          ],
        ]}
      />
    </AskDialog>
  );
}

const EMPTY: NewCollectionAccount = {
  authority_id: '',
  bank_bin: '',
  account_number: '',
  holder: '',
  source: '',
};

function ProposeForm() {
  const { t } = useTranslation('payment');
  const authorities = useQuery(authoritiesQuery()).data?.items ?? [];
  const [body, setBody] = useState(EMPTY);
  const propose = useProposeAccount();
  const problem = propose.isError ? asProblem(propose.error) : null;
  const errors = errorsByField(problem);
  const authority = body.authority_id || authorities[0]?.id || '';
  const field = (key: keyof NewCollectionAccount) => ({
    name: key,
    value: body[key],
    error: errors[key],
    required: true,
    onChange: (e: { currentTarget: { value: string } }) => {
      const text = e.currentTarget.value;
      setBody((all) => ({ ...all, [key]: text }));
    },
  });
  return (
    <KeyForm
      label={t('accounts.new')}
      className={css.form}
      refusal={propose.error}
      onSend={() => {
        if (!propose.isPending)
          propose.mutate({ ...body, authority_id: authority }, { onSuccess: () => setBody(EMPTY) });
      }}
    >
      <h3>{t('accounts.new')}</h3>
      <NativeSelect
        {...field('authority_id')}
        value={authority}
        label={t('authority')}
        data={authorities.map((a) => ({ value: a.id, label: a.name }))}
      />
      <TextInput
        {...field('bank_bin')}
        label={t('accounts.bin')}
        description={t('accounts.binHint')}
        inputMode="numeric"
        maxLength={6}
      />
      <TextInput {...field('account_number')} label={t('account')} maxLength={19} />
      <TextInput {...field('holder')} label={t('payee')} maxLength={150} />
      <TextInput {...field('source')} label={t('accounts.source')} maxLength={300} />
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      {propose.isSuccess && <Notice tone="good" live title={t('accounts.proposed')} />}
      <div className={css.buttons}>
        <Button type="submit" loading={propose.isPending}>
          {t('accounts.propose')}
        </Button>
      </div>
    </KeyForm>
  );
}
