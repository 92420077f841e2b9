import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Icon } from '@/shared/ui/Icon';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { entriesQuery } from './api';
import css from './audit.module.css';
import { EntriesTable } from './EntriesTable';

/** The tamper-evident record, for whoever looks into what was done. */
export function AuditScreen(props: {
  subject?: string;
  cursor?: string;
  onGo: (to: { subject?: string; cursor?: string }) => void;
}) {
  const { t } = useTranslation('audit');
  const [typed, setTyped] = useState(props.subject ?? '');
  const list = useQuery(entriesQuery(props.subject, props.cursor));
  const errors = errorsByField(list.isError ? asProblem(list.error) : null);
  const look = (subject: string) => {
    setTyped(subject);
    props.onGo({ subject: subject || undefined });
  };
  return (
    <Page title={t('title')} lead={t('lead')}>
      <form
        role="search"
        className={css.find}
        onSubmit={(e) => {
          e.preventDefault();
          look(typed.trim());
        }}
      >
        <TextInput
          className={css.field}
          label={t('subject')}
          description={t('subjectHint')}
          inputWrapperOrder={helpBelow}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={typed}
          error={errors.subject_id}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <Button type="submit" leftSection={<Icon name="search" size={16} />}>
          {t('find')}
        </Button>
      </form>
      <Card id="entries" title={t('list')}>
        {list.isPending && <Loading rows={8} />}
        {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.items.length === 0 && <Empty icon="register" title={t('none')} />}
        {list.data && list.data.items.length > 0 && (
          <EntriesTable entries={list.data.items} onOnly={props.subject ? undefined : look} />
        )}
        <Pager
          next={list.data?.next}
          prev={list.data?.prev}
          onGo={(cursor) => props.onGo({ subject: props.subject, cursor })}
        />
      </Card>
    </Page>
  );
}
