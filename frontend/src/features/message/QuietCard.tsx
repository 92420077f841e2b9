import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, etag, unwrap } from '@/shared/api/client';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { MessageSettings } from '@/shared/api/types';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './message.module.css';

type Typed = Partial<Pick<MessageSettings, 'quiet_from' | 'quiet_to' | 'plain_sms'>>;

/** When nobody is told anything, and how short messages are written. */
export function QuietCard({ settings }: { settings: MessageSettings }) {
  const { t } = useTranslation('message');
  const queries = useQueryClient();
  /** Only what was typed: everything else is as it was last heard of. */
  const [typed, setTyped] = useState<Typed>({});
  const change = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT('/api/v1/message-settings', {
          params: { header: { 'If-Match': etag(settings.version) } },
          body: {
            quiet_from: typed.quiet_from ?? settings.quiet_from,
            quiet_to: typed.quiet_to ?? settings.quiet_to,
            plain_sms: typed.plain_sms ?? settings.plain_sms,
          },
        }),
      ),
    onSuccess: () => setTyped({}),
    onSettled: () => queries.invalidateQueries({ queryKey: ['message-settings'] }),
  });
  const problem = change.isError ? asProblem(change.error) : null;
  const errors = errorsByField(problem);
  const time = (key: 'quiet_from' | 'quiet_to') => ({
    name: key,
    required: true,
    inputMode: 'numeric' as const,
    maxLength: 5,
    className: css.time,
    value: typed[key] ?? settings[key],
    error: errors[key],
    onChange: (e: { currentTarget: HTMLInputElement }) => {
      const text = e.currentTarget.value;
      setTyped((all) => ({ ...all, [key]: text }));
    },
  });
  return (
    <Card id="quiet" title={t('quiet.title')}>
      <KeyForm
        label={t('quiet.title')}
        className={css.stack}
        refusal={change.error}
        onSend={() => change.isPending || change.mutate()}
      >
        <p className="soft">{t('quiet.lead')}</p>
        <div className={css.row}>
          <TextInput {...time('quiet_from')} label={t('quiet.from')} />
          <TextInput {...time('quiet_to')} label={t('quiet.to')} />
        </div>
        <Checkbox
          name="plain_sms"
          label={t('quiet.plain')}
          description={t('quiet.plainHint')}
          checked={typed.plain_sms ?? settings.plain_sms}
          onChange={(e) => {
            const plain_sms = e.currentTarget.checked;
            setTyped((all) => ({ ...all, plain_sms }));
          }}
        />
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        {change.isSuccess && <Notice tone="good" live title={t('quiet.saved')} />}
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('quiet.save')}
          </Button>
        </div>
      </KeyForm>
    </Card>
  );
}
