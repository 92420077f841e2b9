import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import type { Feedback, FeedbackAction } from '@/shared/api/types';
import { ActsCard } from '@/shared/ui/ActsCard';
import { DateInput } from '@/shared/ui/DateInput';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice } from '@/shared/ui/Notice';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { useActOnFeedback, type Doing } from './api';
import css from './feedback.module.css';

/** What may be done with an item now, one thing at a time. */
export function ActionsCard({ item }: { item: Feedback }) {
  const { t } = useTranslation('feedback');
  return (
    <ActsCard
      title={t('actions.title')}
      what={t('actions.what')}
      actions={item.allowed_actions}
      word={(action) => t(`actions.${action}`)}
    >
      {(action) => <ActionForm item={item} action={action} />}
    </ActsCard>
  );
}

const none = {
  to: '',
  authority: '',
  day: '',
  remote: false,
  reason: '',
  answer: '',
  upheld: '',
  summary: '',
};

function ActionForm({ item, action }: { item: Feedback; action: FeedbackAction }) {
  const { t } = useTranslation('feedback');
  const act = useActOnFeedback(item.id, item.version);
  const { form, set, problem, errors } = useTypedForm(
    {
      ...none,
      summary: item.published_summary ?? '',
      answer: action === 'publish' ? (item.published_answer ?? item.answer ?? '') : '',
    },
    act,
  );
  const doing = (): Doing => {
    switch (action) {
      case 'forward':
        return {
          do: 'forward',
          body: {
            to: form.to.trim() || undefined,
            authority_id: form.authority || undefined,
            answer_by: form.day || undefined,
          },
        };
      case 'accept':
        return { do: 'accept', body: { accepted: true, remote: form.remote } };
      case 'decline':
        return { do: 'accept', body: { accepted: false, remote: false, reason: form.reason } };
      case 'extend':
        return { do: 'extend', body: { reason: form.reason, until: form.day || undefined } };
      case 'answer':
        return {
          do: 'answer',
          body: { answer: form.answer, upheld: form.upheld === '' ? undefined : form.upheld === 'yes' },
        };
      case 'publish':
        return { do: 'publish', body: { summary: form.summary, answer: form.answer } };
    }
  };
  const long = (key: 'reason' | 'answer' | 'summary', label: string) => (
    <Textarea
      required
      className={css.wide}
      label={label}
      autosize
      minRows={key === 'reason' ? 2 : 4}
      maxLength={10_000}
      value={form[key]}
      error={errors[key]}
      onChange={(e) => set({ [key]: e.currentTarget.value })}
    />
  );
  return (
    <KeyForm
      label={t(`actions.${action}`)}
      className={css.form}
      refusal={act.error}
      onSend={() => act.mutate(doing())}
    >
      {action === 'forward' && (
        <>
          <AuthorityField
            value={form.authority}
            error={errors.authority_id}
            onChange={(authority) => set({ authority })}
          />
          <TextInput
            label={t('actions.to')}
            description={t('actions.toHint')}
            maxLength={300}
            value={form.to}
            error={errors.to}
            onChange={(e) => set({ to: e.currentTarget.value })}
          />
          <DateInput
            label={t('actions.answerBy')}
            name="answer_by"
            value={form.day}
            error={errors.answer_by}
            onChange={(day) => set({ day })}
          />
        </>
      )}
      {action === 'accept' && (
        <Checkbox
          className={css.wide}
          label={t('actions.remote')}
          checked={form.remote}
          onChange={(e) => set({ remote: e.currentTarget.checked })}
        />
      )}
      {action === 'decline' && long('reason', t('actions.declineReason'))}
      {action === 'extend' && (
        <>
          {item.kind === 'suggestion' ? (
            <DateInput
              required
              label={t('actions.until')}
              name="until"
              value={form.day}
              error={errors.until}
              onChange={(day) => set({ day })}
            />
          ) : (
            <div className={css.wide}>
              <Notice>{t(item.remote ? 'actions.complexRemote' : 'actions.complex')}</Notice>
            </div>
          )}
          {long('reason', t('actions.extendReason'))}
        </>
      )}
      {action === 'answer' && (
        <>
          {long('answer', t('actions.answerText'))}
          <NativeSelect
            required={item.kind === 'complaint' || ['attitude', 'officer'].includes(item.subject)}
            label={t('actions.upheld')}
            value={form.upheld}
            error={errors.upheld}
            onChange={(e) => set({ upheld: e.currentTarget.value })}
            data={[
              { value: '', label: t('actions.upheldUnsaid') },
              { value: 'yes', label: t('item.upheldIs.true') },
              { value: 'no', label: t('item.upheldIs.false') },
            ]}
          />
        </>
      )}
      {action === 'publish' && (
        <>
          <div className={css.wide}>
            <Notice>{t('actions.publishHint')}</Notice>
          </div>
          {long('summary', t('actions.summary'))}
          {long('answer', t('actions.publishedAnswer'))}
        </>
      )}
      <FormEnd
        problem={problem}
        shown={Object.keys(errors)}
        busy={act.isPending}
        send={t(`actions.send.${action}`)}
      />
    </KeyForm>
  );
}

function AuthorityField(props: { value: string; error?: string; onChange: (id: string) => void }) {
  const { t } = useTranslation('feedback');
  const all = useQuery(authoritiesQuery()).data?.items ?? [];
  return (
    <NativeSelect
      label={t('actions.authority')}
      value={props.value}
      error={props.error}
      onChange={(e) => props.onChange(e.currentTarget.value)}
      data={[
        { value: '', label: t('actions.elsewhere') },
        ...all.map((a) => ({ value: a.id, label: a.name })),
      ]}
    />
  );
}
