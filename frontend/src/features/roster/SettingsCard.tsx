import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { RosterSettings } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { settingsQuery, useSetSettings } from './api';
import css from './roster.module.css';
import { settingsOf, typedSettings, wrongSettings } from './settings';

/** How early empty counters are told, and what a service shift earns, with where that rests. */
export function SettingsCard() {
  const { t } = useTranslation('roster');
  const settings = useQuery(settingsQuery());
  return (
    <Card id="roster-settings" title={t('settings.title')}>
      <p className="soft">{t('settings.lead')}</p>
      {settings.isPending && <Loading rows={3} />}
      {settings.isError && <ProblemNotice error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <SettingsForm seen={settings.data} />}
    </Card>
  );
}

function SettingsForm({ seen }: { seen: RosterSettings }) {
  const { t } = useTranslation('roster');
  const [now, setNow] = useState(() => typedSettings(seen));
  const [told, setTold] = useState(false);
  const form = useRef<KeyFormHandle>(null);
  const queries = useQueryClient();
  const save = useSetSettings();
  const problem = save.isError ? asProblem(save.error) : null;
  const errors = errorsByField(problem);
  const faults = told ? wrongSettings(now) : [];
  const change = (part: Partial<typeof now>) => {
    setNow({ ...now, ...part });
    if (!save.isIdle) save.reset();
  };
  const send = () => {
    setTold(true);
    if (wrongSettings(now).length > 0) form.current?.focusFault();
    else
      save.mutate(
        { seen, body: settingsOf(now) },
        {
          // Somebody else was quicker: what they have set is shown before it is set anew.
          onError: (error) => {
            if (asProblem(error).stale)
              void queries
                .fetchQuery({ ...settingsQuery(), staleTime: 0 })
                .then((theirs) => setNow(typedSettings(theirs)));
          },
        },
      );
  };
  return (
    <KeyForm ref={form} label={t('settings.title')} className={css.form} refusal={save.error} onSend={send}>
      {seen.version === 0 && <p className={`small soft ${css.wide}`}>{t('settings.defaults')}</p>}
      {(['warn_working_days', 'leave_percent'] as const).map((key) => (
        <TextInput
          key={key}
          required
          name={key}
          label={t(`settings.${key}`)}
          description={t(`settings.${key}Hint`)}
          inputWrapperOrder={helpBelow}
          inputMode="numeric"
          maxLength={3}
          value={now[key]}
          error={faults.includes(key) ? t(`settings.wrong.${key}`) : errors[key]}
          onChange={(e) => change({ [key]: e.currentTarget.value.replace(/\D/g, '') })}
        />
      ))}
      <TextInput
        required
        className={css.wide}
        name="leave_source"
        label={t('settings.leave_source')}
        description={t('settings.leave_sourceHint')}
        inputWrapperOrder={helpBelow}
        maxLength={300}
        autoComplete="off"
        value={now.leave_source}
        error={faults.includes('leave_source') ? t('settings.wrong.leave_source') : errors.leave_source}
        onChange={(e) => change({ leave_source: e.currentTarget.value })}
      />
      <div className={css.across}>
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        {save.isSuccess && <Notice tone="good" live title={t('settings.saved')} />}
        <div>
          <Button type="submit" loading={save.isPending}>
            {t('settings.save')}
          </Button>
        </div>
      </div>
    </KeyForm>
  );
}
