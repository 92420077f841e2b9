import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { serverNow } from '@/shared/api/session';
import type { CalendarChange } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { localDate } from '@/shared/ui/format';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './calendar.module.css';
import { ChangeList } from './ChangeList';
import { shownAtHours, type Plan } from './plan';

/** Enters the days and hours chosen above from a notice: the next version of the calendar, carried to the open dossiers. */
export function EnterForm({ plan }: { plan: Plan }) {
  const { t } = useTranslation('catalogue');
  const queries = useQueryClient();
  const intent = useIntent();
  const [source, setSource] = useState('');
  const [announced, setAnnounced] = useState(localDate(serverNow()));
  const [name, setName] = useState('');
  const enter = useMutation({
    mutationFn: (body: CalendarChange) =>
      intent.run(body, (key) =>
        unwrap(
          api.POST('/api/v1/calendar/changes', { params: { header: { 'Idempotency-Key': key } }, body }),
        ),
      ),
    onMutate: () => plan.refuse(null),
    onError: (error) => plan.refuse(error),
    onSuccess: async () => {
      plan.clear();
      await queries.invalidateQueries();
    },
  });
  // Only days off are called something; hours and days worked are not.
  const named = plan.change.days_off.length > 0;
  const problem = enter.isError ? asProblem(enter.error) : null;
  const errors = errorsByField(problem);
  return (
    <Card id="enter" title={t('calendar.enter.title')}>
      <form
        className={css.stack}
        onSubmit={(e) => {
          e.preventDefault();
          const change = plan.checked();
          if (!change) return;
          enter.mutate({
            ...change,
            source: source.trim(),
            announced_on: announced || undefined,
            name: named ? name.trim() : source.trim().slice(0, 200),
          });
        }}
      >
        <p className="soft">{t('calendar.enter.lead')}</p>
        {enter.data && (
          <Notice tone="good" live title={t('calendar.enter.done', { number: enter.data.number })} />
        )}
        {problem && (
          <ProblemNotice
            error={problem}
            shown={[
              'source',
              'announced_on',
              ...(named ? ['name'] : []),
              ...shownAtHours(Object.keys(errors)),
            ]}
          />
        )}
        <ChangeList plan={plan} />
        <TextInput
          required
          label={t('calendar.enter.source')}
          maxLength={300}
          autoComplete="off"
          value={source}
          error={errors.source}
          onChange={(e) => setSource(e.currentTarget.value)}
        />
        <DateInput
          required
          label={t('calendar.enter.announced')}
          value={announced}
          error={errors.announced_on}
          onChange={setAnnounced}
        />
        {named && (
          <TextInput
            required
            label={t('calendar.enter.name')}
            description={t('calendar.enter.nameHint')}
            inputWrapperOrder={helpBelow}
            maxLength={200}
            autoComplete="off"
            value={name}
            error={errors.name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
        )}
        <div>
          <Button type="submit" loading={enter.isPending} disabled={plan.empty}>
            {t('calendar.enter.send')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
