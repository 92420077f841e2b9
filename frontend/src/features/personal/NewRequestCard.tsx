import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewDataRequest } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { useReceive } from './api';
import css from './personal.module.css';

type Kind = NewDataRequest['kind'];
const kinds: Kind[] = ['access', 'export', 'rectification', 'restriction', 'erasure', 'objection'];

export function NewRequestCard() {
  const { t } = useTranslation('personal');
  const blank = (): Record<'name' | 'identity' | 'phone' | 'verified' | 'details', string> => ({
    name: '',
    identity: '',
    phone: '',
    verified: t('requests.verifiedDefault'),
    details: '',
  });
  const [kind, setKind] = useState<Kind>('access');
  const [form, setForm] = useState(blank);
  const receive = useReceive();
  const problem = receive.isError ? asProblem(receive.error) : null;
  const errors = errorsByField(problem);
  const set = (key: keyof typeof form) => (e: { currentTarget: { value: string } }) => {
    const { value } = e.currentTarget;
    setForm((f) => ({ ...f, [key]: value }));
  };
  const send = () =>
    receive.mutate(
      {
        kind,
        requester_name: form.name.trim(),
        requester_identity: form.identity.replace(/[\s.]/g, ''),
        requester_phone: form.phone.trim() || undefined,
        verified_by: form.verified.trim(),
        details: form.details.trim() || undefined,
      },
      { onSuccess: () => setForm(blank()) },
    );
  return (
    <Card id="new-request" title={t('requests.new')}>
      <KeyForm label={t('requests.new')} className={css.form} refusal={receive.error} onSend={send}>
        <NativeSelect
          label={t('requests.kindLabel')}
          value={kind}
          onChange={(e) => setKind(e.currentTarget.value as Kind)}
          data={kinds.map((value) => ({ value, label: t(`requests.kind.${value}`) }))}
        />
        <TextInput
          required
          label={t('requests.name')}
          name="requester_name"
          value={form.name}
          error={errors.requester_name}
          onChange={set('name')}
        />
        <TextInput
          required
          label={t('requests.identity')}
          name="requester_identity"
          inputMode="numeric"
          value={form.identity}
          error={errors.requester_identity}
          onChange={set('identity')}
        />
        <TextInput
          label={t('requests.phone')}
          inputMode="tel"
          value={form.phone}
          error={errors.requester_phone}
          onChange={set('phone')}
        />
        <TextInput
          required
          className={css.wide}
          label={t('requests.verified')}
          value={form.verified}
          error={errors.verified_by}
          onChange={set('verified')}
        />
        <Textarea
          className={css.wide}
          label={t('requests.details')}
          autosize
          minRows={2}
          value={form.details}
          error={errors.details}
          onChange={set('details')}
        />
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        {receive.isSuccess && (
          <Notice
            tone="good"
            live
            title={t('requests.received', { date: formatDate(receive.data?.answer_due_on ?? '') })}
          />
        )}
        <div className={css.wide}>
          <Button type="submit" loading={receive.isPending}>
            {t('requests.send')}
          </Button>
        </div>
      </KeyForm>
    </Card>
  );
}
