import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { authoritiesQuery } from '@/features/catalogue/api';
import { errorsByField } from '@/shared/api/problem';
import { formatDateTime } from '@/shared/ui/format';
import css from '../dossier.module.css';
import type { ActionFormProps } from './forms';
import { TextForm, orUndefined } from './TextForm';
import { usePapers } from './usePapers';

export function AcceptForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const papers = usePapers(dossier);
  return (
    <TextForm
      {...rest}
      hint={t('accept.hint')}
      field="note"
      label={t('note')}
      optional
      send={t('accept.send')}
      onSend={(note) =>
        onSend({ action: 'acceptances', body: { components: papers.components, note: orUndefined(note) } })
      }
    >
      {papers.table}
    </TextForm>
  );
}

const refusalReasons = ['not_competent', 'incomplete', 'not_eligible', 'duplicate', 'other'] as const;

export function RefuseForm({ onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const [code, setCode] = useState<string>(refusalReasons[0]);
  return (
    <TextForm
      {...rest}
      hint={t('refuse.hint')}
      label={t('refuse.reason')}
      description={t('refuse.reasonHint')}
      severe
      send={t('refuse.send')}
      onSend={(reason) => onSend({ action: 'refusals', body: { reason_code: code, reason } })}
    >
      <NativeSelect
        label={t('refuse.code')}
        value={code}
        error={errorsByField(rest.problem).reason_code}
        onChange={(e) => setCode(e.currentTarget.value)}
        data={refusalReasons.map((value) => ({ value, label: t(`refuse.${value}`) }))}
      />
    </TextForm>
  );
}

export function SupplementRequestForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const roles = useQuery(meQuery()).data?.roles ?? [];
  const [items, setItems] = useState(['']);
  const [ground, setGround] = useState('');
  // Late, or a second time, only a leader asks, and says by what law (R10). At the counter nobody does.
  const mayExcept = dossier.state === 'processing' && roles.some((r) => r.role === 'leader');
  const errors = errorsByField(rest.problem);
  const change = (index: number, value: string) =>
    setItems((all) => all.map((item, i) => (i === index ? value : item)));
  return (
    <TextForm
      {...rest}
      hint={t('supplementRequest.hint')}
      label={t('supplementRequest.reason')}
      send={t('supplementRequest.send')}
      onSend={(reason) => {
        const wanted = items.map((item) => item.trim()).filter(Boolean);
        onSend({
          action: 'supplement-requests',
          body: { items: wanted, reason, legal_exception: mayExcept ? orUndefined(ground) : undefined },
        });
      }}
    >
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
      {mayExcept && (
        <TextInput
          label={t('supplementRequest.ground')}
          description={t('supplementRequest.groundHint')}
          value={ground}
          error={errors.legal_exception}
          maxLength={500}
          onChange={(e) => setGround(e.currentTarget.value)}
        />
      )}
    </TextForm>
  );
}

export function SupplementForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const papers = usePapers(dossier);
  const wanted = dossier.supplement_requests.find((s) => !s.fulfilled_at);
  return (
    <TextForm
      {...rest}
      hint={t('supplement.hint')}
      field="note"
      label={t('note')}
      optional
      send={t('supplement.send')}
      onSend={(note) =>
        onSend({ action: 'supplements', body: { components: papers.components, note: orUndefined(note) } })
      }
    >
      {wanted && (
        <ol style={{ margin: 0, paddingLeft: '1.25rem' }}>
          {wanted.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ol>
      )}
      {papers.table}
    </TextForm>
  );
}

export function WithdrawForm({ dossier, onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const asked = dossier.withdrawal;
  return (
    <TextForm
      {...rest}
      hint={asked ? t('withdraw.confirmHint') : t('withdraw.hint')}
      label={t('withdraw.reason')}
      initial={asked?.reason}
      severe
      send={asked ? t('withdraw.confirm') : t('withdraw.send')}
      other={(reason) =>
        asked && (
          <Button
            variant="default"
            disabled={rest.busy || reason === ''}
            onClick={() => onSend({ action: 'withdrawals', body: { reason, declined: true } })}
          >
            {t('withdraw.decline')}
          </Button>
        )
      }
      onSend={(reason) => onSend({ action: 'withdrawals', body: { reason } })}
    />
  );
}

const OUTSIDE = 'outside';

/** Another authority is competent: one of the centre's, where it goes on, or one outside. */
export function TransferForm({ onSend, ...rest }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const authorities = useQuery(authoritiesQuery());
  const others = authorities.data?.items.filter((a) => a.id !== rest.dossier.authority.id) ?? [];
  const [authority, setAuthority] = useState('');
  const [to, setTo] = useState('');
  const errors = errorsByField(rest.problem);
  const outside = authority === OUTSIDE;
  return (
    <TextForm
      {...rest}
      label={t('reason')}
      law={t('transfer.law')}
      severe
      send={t('transfer.send')}
      onSend={(reason) =>
        onSend({
          action: 'transfers',
          body: outside ? { to: to.trim(), reason } : { authority_id: authority, reason },
        })
      }
    >
      <NativeSelect
        required
        label={t('transfer.to')}
        value={authority}
        error={errors.authority_id ?? (outside ? undefined : errors.to)}
        onChange={(e) => setAuthority(e.currentTarget.value)}
        data={[
          { value: '', label: t('transfer.choose') },
          ...others.map((a) => ({ value: a.id, label: a.name })),
          { value: OUTSIDE, label: t('transfer.outside') },
        ]}
      />
      {outside && (
        <TextInput
          required
          label={t('transfer.name')}
          value={to}
          error={errors.to}
          onChange={(e) => setTo(e.currentTarget.value)}
        />
      )}
    </TextForm>
  );
}

/** While a colleague has claimed it, it can only be taken over, with a reason. */
export function ClaimForm({ dossier, busy, problem, onSend }: ActionFormProps) {
  const { t } = useTranslation('actions');
  const me = useQuery(meQuery()).data?.id;
  const { handler, claimed_until: until } = dossier;
  if (handler && until && handler.id !== me)
    return (
      <TextForm
        busy={busy}
        problem={problem}
        hint={t('claim.takeoverHint', { name: handler.full_name, at: formatDateTime(until) })}
        field="takeover/reason"
        label={t('claim.takeoverReason')}
        description={t('claim.takeoverReasonHint')}
        send={t('claim.takeover')}
        onSend={(reason) => onSend({ action: 'claims', body: { takeover: { reason } } })}
      />
    );
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault();
        onSend({ action: 'claims', body: {} });
      }}
    >
      <p className="soft">{t('claim.hint')}</p>
      <Button type="submit" loading={busy}>
        {t('claim.send')}
      </Button>
    </form>
  );
}
