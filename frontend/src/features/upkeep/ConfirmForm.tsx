import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewConfirmation } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import css from './upkeep.module.css';

const certainties = ['law', 'seen', 'known'] as const;

/** Where a figure was read, and how sure that makes it. */
export function ConfirmForm(props: {
  label: string;
  path: string;
  error: unknown;
  pending: boolean;
  onSend: (body: NewConfirmation) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation(['upkeep', 'common']);
  const [certainty, setCertainty] = useState<NewConfirmation['certainty']>('law');
  const [source, setSource] = useState('');
  const errors = errorsByField(props.error ? asProblem(props.error) : null);
  return (
    <form
      className={css.confirm}
      aria-label={props.label}
      onSubmit={(e) => {
        e.preventDefault();
        props.onSend({ path: props.path, certainty, source: source.trim() });
      }}
    >
      {Boolean(props.error) && (
        <div className={css.across}>
          <ProblemNotice error={props.error} shown={['source', 'certainty']} />
        </div>
      )}
      <TextInput
        required
        autoFocus
        label={t('figures.source')}
        description={t('figures.sourceHint')}
        inputWrapperOrder={helpBelow}
        value={source}
        error={errors.source}
        autoComplete="off"
        onChange={(e) => setSource(e.currentTarget.value)}
      />
      <NativeSelect
        label={t('figures.certainty')}
        value={certainty}
        error={errors.certainty}
        onChange={(e) => setCertainty(e.currentTarget.value as NewConfirmation['certainty'])}
        data={certainties.map((value) => ({ value, label: t(`figures.as.${value}`) }))}
      />
      <div className={`${css.buttons} ${css.across}`}>
        <Button type="submit" loading={props.pending} leftSection={<Icon name="check" size={16} />}>
          {t('figures.send')}
        </Button>
        <Button variant="default" onClick={props.onCancel}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  );
}
