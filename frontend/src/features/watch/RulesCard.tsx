import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { WatchRules } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { rulesQuery, useSetRules } from './api';
import { numbers, switches, toSend, typed, wrong } from './rules';
import css from './watch.module.css';

/** By what the centre watches; each rule says what is law in it and what convention. */
export function RulesCard() {
  const { t } = useTranslation('watch');
  const rules = useQuery(rulesQuery());
  return (
    <Card id="watch-rules" title={t('rules.title')}>
      <p className="soft">{t('rules.lead')}</p>
      {rules.isPending && <Loading rows={4} />}
      {rules.isError && <ProblemNotice error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data && <RulesForm rules={rules.data} />}
    </Card>
  );
}

function RulesForm({ rules }: { rules: WatchRules }) {
  const { t } = useTranslation('watch');
  const [now, setNow] = useState(() => typed(rules));
  const [checked, setChecked] = useState(false);
  const form = useRef<KeyFormHandle>(null);
  const save = useSetRules();
  const queries = useQueryClient();
  const problem = save.isError ? asProblem(save.error) : null;
  const errors = errorsByField(problem);
  const faults = checked ? wrong(now) : [];
  const change = (part: Partial<typeof now>) => {
    setNow({ ...now, ...part });
    if (!save.isIdle) save.reset();
  };
  const send = () => {
    setChecked(true);
    if (wrong(now).length > 0) form.current?.focusFault();
    else
      save.mutate(
        { seen: rules, body: toSend(now) },
        {
          // Somebody else was quicker: what they have set is shown before it is set anew.
          onError: (error) => {
            if (asProblem(error).stale)
              void queries
                .fetchQuery({ ...rulesQuery(), staleTime: 0 })
                .then((theirs) => setNow(typed(theirs)));
          },
        },
      );
  };
  return (
    <KeyForm ref={form} label={t('rules.title')} className={css.rules} refusal={save.error} onSend={send}>
      {rules.version === 0 && <p className="small soft">{t('rules.defaults')}</p>}
      <div className={css.ruleNumbers}>
        {numbers.map((key) => (
          <TextInput
            key={key}
            required
            name={key}
            label={t(`rules.${key}`)}
            description={t(`rules.${key}Hint`)}
            inputWrapperOrder={helpBelow}
            inputMode="numeric"
            maxLength={3}
            value={now[key]}
            error={faults.includes(key) ? t('rules.whole') : errors[key]}
            onChange={(e) => change({ [key]: e.currentTarget.value.replace(/\D/g, '') })}
          />
        ))}
      </div>
      {switches.map((key) => (
        <Checkbox
          key={key}
          name={key}
          label={t(`rules.${key}`)}
          description={t(`rules.${key}Hint`)}
          checked={now[key]}
          onChange={(e) => change({ [key]: e.currentTarget.checked })}
        />
      ))}
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      {save.isSuccess && <Notice tone="good" live title={t('rules.saved')} />}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('rules.save')}
        </Button>
      </div>
    </KeyForm>
  );
}
