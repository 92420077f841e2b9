import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { QuestionnaireView, SurveySettings } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { surveySettingsQuery, useSetSurveySettings } from './api';
import css from './survey.module.css';

/** Which questionnaire goes out with what, and for how long its link holds. */
export function SettingsCard({ all }: { all: QuestionnaireView[] }) {
  const { t } = useTranslation('survey');
  const settings = useQuery(surveySettingsQuery());
  return (
    <Card id="survey-settings" title={t('settings.title')}>
      {settings.isPending && <Loading rows={3} />}
      {settings.isError && <ProblemNotice error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <SettingsForm seen={settings.data} all={all} />}
    </Card>
  );
}

const places = ['slip_code', 'return_code', 'kiosk_code'] as const;
const typed = (of: SurveySettings) => ({
  slip_code: of.slip_code,
  return_code: of.return_code,
  kiosk_code: of.kiosk_code,
  valid_days: String(of.valid_days),
});

function SettingsForm({ seen, all }: { seen: SurveySettings; all: QuestionnaireView[] }) {
  const { t, i18n } = useTranslation('survey');
  const queries = useQueryClient();
  const [now, setNow] = useState(() => typed(seen));
  const save = useSetSurveySettings();
  const problem = save.isError ? asProblem(save.error) : null;
  const errors = errorsByField(problem);
  const language = i18n.language === 'en' ? 'en' : 'vi';
  // The newest number of each code that is published: with it people are asked.
  const published = new Map<string, QuestionnaireView>();
  for (const each of all)
    if (each.state === 'published' && (published.get(each.code)?.number ?? 0) < each.number)
      published.set(each.code, each);
  const codes = [...published.values()].sort((a, b) => a.code.localeCompare(b.code));
  const change = (part: Partial<typeof now>) => {
    setNow({ ...now, ...part });
    if (!save.isIdle) save.reset();
  };
  const send = () =>
    save.mutate(
      { seen, body: { ...now, valid_days: Number(now.valid_days) } },
      {
        // Somebody else was quicker: what they have set is shown before it is set anew.
        onError: (error) => {
          if (asProblem(error).stale)
            void queries
              .fetchQuery({ ...surveySettingsQuery(), staleTime: 0 })
              .then((theirs) => setNow(typed(theirs)));
        },
      },
    );
  return (
    <KeyForm label={t('settings.title')} className={css.form} refusal={save.error} onSend={send}>
      {places.map((place) => (
        <NativeSelect
          key={place}
          name={place}
          label={t(`settings.${place}`)}
          description={t(`settings.${place}Hint`)}
          inputWrapperOrder={helpBelow}
          value={now[place]}
          error={errors[place]}
          onChange={(e) => change({ [place]: e.currentTarget.value })}
          data={[
            ...(published.has(now[place]) ? [] : [{ value: now[place], label: now[place] }]),
            ...codes.map((each) => ({
              value: each.code,
              label: t('settings.one', { code: each.code, title: each.questionnaire.title[language] }),
            })),
          ]}
        />
      ))}
      <TextInput
        required
        name="valid_days"
        label={t('settings.valid_days')}
        description={t('settings.valid_daysHint')}
        inputWrapperOrder={helpBelow}
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        value={now.valid_days}
        error={errors.valid_days}
        onChange={(e) => change({ valid_days: e.currentTarget.value.replace(/\D/g, '') })}
      />
      <div className={css.across}>
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        {save.isSuccess && <Notice tone="good" live title={t('settings.saved')} />}
        <Button type="submit" loading={save.isPending}>
          {t('settings.save')}
        </Button>
      </div>
    </KeyForm>
  );
}
