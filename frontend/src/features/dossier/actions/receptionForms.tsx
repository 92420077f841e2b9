import { Button, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorsByField } from '@/shared/api/problem';
import css from '../dossier.module.css';
import type { ActionFormProps } from './forms';
import { usePapers } from './usePapers';

const orUndefined = (text: string) => text.trim() || undefined;

export function AcceptForm({ dossier, problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const papers = usePapers(dossier);
  const [note, setNote] = useState('');
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({ action: 'acceptances', body: { components: papers.components, note: orUndefined(note) } });
      }}
    >
      <p className="soft">{t('accept.hint')}</p>
      {papers.table}
      <Textarea
        label={t('note')}
        autosize
        value={note}
        error={errorsByField(problem).note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        {t('accept.send')}
      </Button>
    </form>
  );
}

const refusalReasons = ['not_competent', 'incomplete', 'not_eligible', 'duplicate', 'other'] as const;

export function RefuseForm({ problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [code, setCode] = useState<string>(refusalReasons[0]);
  const [reason, setReason] = useState('');
  const errors = errorsByField(problem);
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({ action: 'refusals', body: { reason_code: code, reason } });
      }}
    >
      <p className="soft">{t('refuse.hint')}</p>
      <NativeSelect
        label={t('refuse.code')}
        value={code}
        error={errors.reason_code}
        onChange={(e) => setCode(e.currentTarget.value)}
        data={refusalReasons.map((value) => ({ value, label: t(`refuse.${value}`) }))}
      />
      <Textarea
        required
        label={t('refuse.reason')}
        description={t('refuse.reasonHint')}
        autosize
        minRows={2}
        value={reason}
        error={errors.reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <Button type="submit" color="red" variant="outline" loading={busy}>
        {t('refuse.send')}
      </Button>
    </form>
  );
}

export function SupplementRequestForm({ problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [items, setItems] = useState(['']);
  const [reason, setReason] = useState('');
  const errors = errorsByField(problem);
  const change = (index: number, value: string) =>
    setItems((all) => all.map((item, i) => (i === index ? value : item)));
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        const wanted = items.map((item) => item.trim()).filter(Boolean);
        onSend({ action: 'supplement-requests', body: { items: wanted, reason } });
      }}
    >
      <p className="soft">{t('supplementRequest.hint')}</p>
      {items.map((item, index) => (
        <TextInput
          key={index}
          required={index === 0}
          label={t('supplementRequest.item', { number: index + 1 })}
          value={item}
          error={errors[`items/${index}`] ?? (index === 0 ? errors.items : undefined)}
          onChange={(e) => change(index, e.currentTarget.value)}
        />
      ))}
      <Button variant="default" onClick={() => setItems([...items, ''])}>
        {t('supplementRequest.add')}
      </Button>
      <Textarea
        required
        label={t('supplementRequest.reason')}
        autosize
        minRows={2}
        value={reason}
        error={errors.reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        {t('supplementRequest.send')}
      </Button>
    </form>
  );
}

export function SupplementForm({ dossier, problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [note, setNote] = useState('');
  const papers = usePapers(dossier);
  const wanted = dossier.supplement_requests.find((s) => !s.fulfilled_at);
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({ action: 'supplements', body: { components: papers.components, note: orUndefined(note) } });
      }}
    >
      <p className="soft">{t('supplement.hint')}</p>
      {wanted && (
        <ol style={{ margin: 0, paddingLeft: '1.25rem' }}>
          {wanted.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ol>
      )}
      {papers.table}
      <Textarea
        label={t('note')}
        autosize
        value={note}
        error={errorsByField(problem).note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      <Button type="submit" loading={busy}>
        {t('supplement.send')}
      </Button>
    </form>
  );
}

export function WithdrawForm({ dossier, problem, busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const asked = dossier.withdrawal;
  const [reason, setReason] = useState(asked?.reason ?? '');
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({ action: 'withdrawals', body: { reason } });
      }}
    >
      <p className="soft">{asked ? t('withdraw.confirmHint') : t('withdraw.hint')}</p>
      <Textarea
        required
        label={t('withdraw.reason')}
        autosize
        minRows={2}
        value={reason}
        error={errorsByField(problem).reason}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
      <Button type="submit" color="red" variant="outline" loading={busy}>
        {asked ? t('withdraw.confirm') : t('withdraw.send')}
      </Button>
      {asked && (
        <Button
          variant="default"
          disabled={busy || reason.trim() === ''}
          onClick={() => onSend({ action: 'withdrawals', body: { reason, declined: true } })}
        >
          {t('withdraw.decline')}
        </Button>
      )}
    </form>
  );
}

export function ClaimForm({ busy, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({ action: 'claims' });
      }}
    >
      <p className="soft">{t('claim.hint')}</p>
      <Button type="submit" loading={busy}>
        {t('claim.send')}
      </Button>
    </form>
  );
}
