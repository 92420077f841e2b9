import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { useConclude } from './api';
import css from './inspection.module.css';

const blank = { number: '', on: '', text: '' };

/** What the inspection comes to; with it the team looks no more. */
export function ConclusionForm({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation(['inspection', 'common']);
  const conclude = useConclude(inspection.id, inspection.version);
  const { form, set, tried, ready, handle, problem, errors } = useTypedForm(blank, conclude);
  const send = () => {
    if (!ready(form.on !== '')) return;
    conclude.mutate({ number: form.number.trim(), concluded_on: form.on, text: form.text.trim() });
  };
  return (
    <Card id="conclude" title={t('conclusion.form')}>
      <KeyForm
        ref={handle}
        label={t('conclusion.form')}
        className={css.fields}
        refusal={conclude.error}
        onSend={send}
      >
        <div className={css.wide}>
          <Notice>{t('conclusion.warn')}</Notice>
        </div>
        <TextInput
          required
          name="number"
          label={t('conclusion.number')}
          maxLength={100}
          value={form.number}
          error={errors.number}
          onChange={(e) => set({ number: e.currentTarget.value })}
        />
        <DateInput
          required
          name="concluded_on"
          label={t('conclusion.on')}
          value={form.on}
          error={errors.concluded_on ?? (tried && form.on === '' ? t('needed') : undefined)}
          onChange={(on) => set({ on })}
        />
        <Textarea
          required
          className={css.wide}
          name="text"
          label={t('conclusion.text')}
          autosize
          minRows={4}
          maxLength={10_000}
          value={form.text}
          error={errors.text}
          onChange={(e) => set({ text: e.currentTarget.value })}
        />
        <FormEnd
          problem={problem}
          shown={['number', 'concluded_on', 'text']}
          busy={conclude.isPending}
          send={t('conclusion.send')}
        />
      </KeyForm>
    </Card>
  );
}
