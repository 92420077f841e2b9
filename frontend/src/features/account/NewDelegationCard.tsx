import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { Me, NewDelegation } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { dayAfter, localDate } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './account.module.css';
import { colleaguesQuery, useDelegate } from './api';

/** Gives a role of one's own to a colleague for some days. */
export function NewDelegationCard({ me }: { me: Me }) {
  const { t } = useTranslation('account');
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  const colleagues = useQuery(colleaguesQuery());
  const own = me.roles.filter((r) => !r.delegated);
  const today = localDate(serverNow());
  const [which, setWhich] = useState(0);
  const [to, setTo] = useState('');
  const [first, setFirst] = useState(today);
  const [last, setLast] = useState('');
  const [reason, setReason] = useState('');
  const delegate = useDelegate();
  const problem = delegate.isError ? asProblem(delegate.error) : null;
  const errors = errorsByField(problem);
  const role = own[which] ?? own[0];
  if (!role) return null;

  const send = () => {
    const body: NewDelegation = {
      to_user_id: to,
      role: role.role,
      authority_id: role.authority_id ?? undefined,
      // Today begins now; another day begins with it.
      valid_from: first && first !== today ? `${first}T00:00:00+07:00` : undefined,
      valid_to: last ? `${dayAfter(last)}T00:00:00+07:00` : '',
      reason: reason.trim(),
    };
    delegate.mutate(body, {
      onSuccess: () => {
        setTo('');
        setLast('');
        setReason('');
      },
    });
  };
  return (
    <Card id="new-delegation" title={t('delegations.new')}>
      <KeyForm label={t('delegations.new')} className={css.newUser} refusal={delegate.error} onSend={send}>
        <NativeSelect
          label={t('users.role')}
          value={String(which)}
          error={errors.role}
          onChange={(e) => setWhich(Number(e.currentTarget.value))}
          data={own.map((r, i) => {
            const ward = wards.find((a) => a.id === r.authority_id)?.name;
            return {
              value: String(i),
              label: ward ? `${t(`role.${r.role}`)} – ${ward}` : t(`role.${r.role}`),
            };
          })}
        />
        <NativeSelect
          required
          label={t('delegations.to')}
          value={to}
          error={errors.to_user_id}
          onChange={(e) => setTo(e.currentTarget.value)}
          data={[
            { value: '', label: t('delegations.choose') },
            ...(colleagues.data?.items ?? [])
              .filter((c) => c.id !== me.id)
              .map((c) => ({ value: c.id, label: c.title ? `${c.full_name} – ${c.title}` : c.full_name })),
          ]}
        />
        <DateInput
          label={t('delegations.first')}
          value={first}
          min={today}
          error={errors.valid_from}
          onChange={setFirst}
        />
        <DateInput
          key={delegate.data?.id}
          required
          label={t('delegations.last')}
          value={last}
          min={first || today}
          error={errors.valid_to}
          onChange={setLast}
        />
        <TextInput
          required
          className={css.also}
          label={t('delegations.reason')}
          description={t('delegations.reasonHint')}
          maxLength={500}
          value={reason}
          error={errors.reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        {delegate.isSuccess && (
          <Notice
            tone="good"
            live
            title={t('delegations.made', { name: delegate.data?.to.full_name ?? '' })}
          />
        )}
        <Button className={css.add} type="submit" loading={delegate.isPending} disabled={!to || !last}>
          {t('delegations.send')}
        </Button>
      </KeyForm>
    </Card>
  );
}
