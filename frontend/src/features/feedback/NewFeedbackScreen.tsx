import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonField } from '@/features/roster/fields';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewFeedback } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { useReceiveFeedback } from './api';
import css from './feedback.module.css';
import { FilerFields, filerFields, filerOf, noFiler } from './FilerFields';
import { ReceiptNotice } from './parts';
import { channels, kinds, subjects } from './words';

const shown = [...filerFields, 'text', 'dossier_code', 'about_user_id', 'channel', 'subject', 'kind'];

/** Enters what came at the counter, by telephone or by post. */
export function NewFeedbackScreen() {
  const { t } = useTranslation('feedback');
  const blank = {
    kind: 'suggestion' as NewFeedback['kind'],
    channel: 'counter' as NewFeedback['channel'],
    subject: 'procedure' as NewFeedback['subject'],
    text: '',
    dossier: '',
    about: '',
  };
  const [form, setForm] = useState(blank);
  const [filer, setFiler] = useState(noFiler);
  const receive = useReceiveFeedback();
  const problem = receive.isError ? asProblem(receive.error) : null;
  const errors = errorsByField(problem);
  const set = (part: Partial<typeof form>) => setForm((f) => ({ ...f, ...part }));
  const send = () =>
    receive.mutate(
      {
        kind: form.kind,
        channel: form.channel,
        subject: form.subject,
        text: form.text,
        filer: filerOf(filer),
        dossier_code: form.dossier.trim() || undefined,
        about_user_id: form.about || undefined,
      },
      {
        onSuccess: () => {
          setForm(blank);
          setFiler(noFiler);
        },
      },
    );
  const made = receive.data;
  return (
    <Page title={t('new.title')} lead={t('new.lead')}>
      <p>
        <Link to="/feedback">{t('new.back')}</Link>
      </p>
      {made && (
        <>
          <ReceiptNotice receipt={made.receipt} own={false} />
          <p>
            <Link to="/feedback/$id" params={{ id: made.feedback.id }}>
              {t('new.open', { code: made.receipt.code })}
            </Link>{' '}
            {t('new.due', { date: formatDate(made.feedback.first_due_on) })}
          </p>
        </>
      )}
      <Card id="new" title={t('new.form')}>
        <KeyForm label={t('new.form')} className={css.form} refusal={receive.error} onSend={send}>
          <NativeSelect
            label={t('new.kind')}
            value={form.kind}
            error={errors.kind}
            onChange={(e) => set({ kind: e.currentTarget.value as NewFeedback['kind'] })}
            data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <NativeSelect
            label={t('new.channel')}
            value={form.channel}
            error={errors.channel}
            onChange={(e) => set({ channel: e.currentTarget.value as NewFeedback['channel'] })}
            data={channels.map((value) => ({ value, label: t(`channels.${value}`) }))}
          />
          <NativeSelect
            label={t('new.subject')}
            value={form.subject}
            error={errors.subject}
            onChange={(e) => set({ subject: e.currentTarget.value as NewFeedback['subject'] })}
            data={subjects.map((value) => ({ value, label: t(`subjects.${value}`) }))}
          />
          <Textarea
            required
            className={css.wide}
            label={t('new.text')}
            autosize
            minRows={4}
            maxLength={10_000}
            value={form.text}
            error={errors.text}
            onChange={(e) => set({ text: e.currentTarget.value })}
          />
          <FilerFields form={filer} errors={errors} onChange={setFiler} />
          <TextInput
            label={t('new.dossier')}
            maxLength={64}
            spellCheck={false}
            value={form.dossier}
            error={errors.dossier_code}
            onChange={(e) => set({ dossier: e.currentTarget.value })}
          />
          <PersonField
            label={t('new.about')}
            name="about_user_id"
            none={t('new.nobody')}
            description={t('new.aboutHint')}
            value={form.about}
            error={errors.about_user_id}
            onChange={(about) => set({ about })}
          />
          <div className={css.wide}>
            <Notice>{t('new.denunciations')}</Notice>
          </div>
          <FormEnd problem={problem} shown={shown} busy={receive.isPending} send={t('new.send')} />
        </KeyForm>
      </Card>
    </Page>
  );
}
