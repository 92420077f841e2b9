import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingAction } from '@/shared/api/types';
import { ActsCard } from '@/shared/ui/ActsCard';
import { DateInput } from '@/shared/ui/DateInput';
import { FormEnd } from '@/shared/ui/FormEnd';
import { KeyForm } from '@/shared/ui/KeyForm';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { useActOnFinding, type FindingDoing } from './api';
import css from './inspection.module.css';

/** What may be done with a finding now, one thing at a time. */
export function FindingActions({ finding }: { finding: Finding }) {
  const { t } = useTranslation('inspection');
  return (
    <ActsCard
      title={t('act.title')}
      what={t('act.what')}
      actions={finding.allowed_actions}
      word={(action) => t(`act.${action}`)}
    >
      {(action) => <ActionForm finding={finding} action={action} />}
    </ActsCard>
  );
}

const blank = { note: '', document: '', until: '' };

function ActionForm({ finding, action }: { finding: Finding; action: FindingAction }) {
  const { t } = useTranslation('inspection');
  const act = useActOnFinding(finding.id, finding.version);
  const { form, set, tried, ready, handle, problem, errors } = useTypedForm(blank, act);
  const note = form.note.trim();
  const doing = (): FindingDoing => {
    switch (action) {
      case 'report':
        return { do: 'report', body: { note, document_number: form.document.trim() || undefined } };
      case 'accept':
        return { do: 'accept', note: note || undefined };
      case 'send_back':
        return { do: 'send_back', note };
      case 'prolong':
        return { do: 'prolong', body: { due_on: form.until, reason: note } };
      case 'withdraw':
        return { do: 'withdraw', reason: note };
    }
  };
  const send = () => {
    if (ready(action !== 'prolong' || form.until !== '')) act.mutate(doing());
  };
  return (
    <KeyForm ref={handle} label={t(`act.${action}`)} className={css.fields} refusal={act.error} onSend={send}>
      {action === 'prolong' && (
        <DateInput
          required
          name="due_on"
          label={t('act.until')}
          value={form.until}
          error={errors.due_on ?? (tried && form.until === '' ? t('needed') : undefined)}
          onChange={(until) => set({ until })}
        />
      )}
      <Textarea
        required={action !== 'accept'}
        className={css.wide}
        name="note"
        label={t(action === 'report' ? 'act.how' : action === 'accept' ? 'act.note' : 'act.why')}
        autosize
        minRows={2}
        maxLength={10_000}
        value={form.note}
        error={errors.note ?? errors.reason}
        onChange={(e) => set({ note: e.currentTarget.value })}
      />
      {action === 'report' && (
        <TextInput
          name="document_number"
          label={t('act.document')}
          maxLength={100}
          value={form.document}
          error={errors.document_number}
          onChange={(e) => set({ document: e.currentTarget.value })}
        />
      )}
      <FormEnd
        problem={problem}
        shown={Object.keys(errors)}
        busy={act.isPending}
        send={t(`act.send.${action}`)}
      />
    </KeyForm>
  );
}
