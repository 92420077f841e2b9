import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { formatDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Listed } from '@/shared/ui/Listed';
import { Chip } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { feedbackListQuery } from './api';
import css from './feedback.module.css';
import { Due } from './parts';
import { kinds, stateTone, states, subjects, type FeedbackSearch } from './words';

/** The desk of suggestions and complaints: what is there and by when something is due. */
export function FeedbackScreen(props: { search: FeedbackSearch; onGo: (search: FeedbackSearch) => void }) {
  const { t } = useTranslation('feedback');
  const me = useQuery(meQuery()).data;
  const list = useQuery(feedbackListQuery(props.search));
  const [code, setCode] = useState(props.search.code ?? '');
  const { search } = props;
  const narrow = (part: FeedbackSearch) => props.onGo({ ...search, ...part, cursor: undefined });
  const choice = <K extends 'kind' | 'state' | 'subject' | 'only'>(
    key: K,
    all: readonly string[],
    word: (value: string) => string,
  ) => (
    <NativeSelect
      label={t(`filter.${key}`)}
      value={search[key] ?? ''}
      onChange={(e) =>
        narrow({ [key]: (e.currentTarget.value || undefined) as FeedbackSearch[K] | undefined })
      }
      data={[{ value: '', label: t('filter.all') }, ...all.map((value) => ({ value, label: word(value) }))]}
    />
  );
  const narrowed = Object.keys(search).some((k) => k !== 'cursor');
  return (
    <Page
      title={t('list.title')}
      lead={t('list.lead')}
      aside={
        me?.permissions.includes('feedback.receive') && (
          <Button
            leftSection={<Icon name="plus" size={16} />}
            renderRoot={(root: object) => <Link {...root} to="/feedback/new" />}
          >
            {t('list.new')}
          </Button>
        )
      }
    >
      <form
        className={css.form}
        aria-label={t('filter.label')}
        onSubmit={(e) => {
          e.preventDefault();
          narrow({ code: code.trim() || undefined });
        }}
      >
        {choice('kind', kinds, (v) => t(`kinds.${v as (typeof kinds)[number]}`))}
        {choice('state', states, (v) => t(`states.${v as (typeof states)[number]}`))}
        {choice('subject', subjects, (v) => t(`subjects.${v as (typeof subjects)[number]}`))}
        {choice('only', ['open', 'overdue'], (v) => t(`filter.${v as 'open' | 'overdue'}`))}
        <TextInput
          label={t('filter.code')}
          value={code}
          maxLength={64}
          spellCheck={false}
          onChange={(e) => setCode(e.currentTarget.value)}
        />
        <div className={css.tools}>
          <Button type="submit" variant="default" leftSection={<Icon name="search" size={16} />}>
            {t('filter.find')}
          </Button>
        </div>
      </form>
      <Card id="feedback" title={t('list.items')}>
        <Listed
          list={list}
          icon="send"
          none={t(narrowed ? 'list.noneFound' : 'list.none')}
          onGo={(cursor) => props.onGo({ ...search, cursor })}
        >
          {(items) => (
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
            <div className={ui.tableWrap} role="group" aria-labelledby="feedback-title" tabIndex={0}>
              <table className={`${ui.table} ${ui.wide}`}>
                <thead>
                  <tr>
                    <th scope="col">{t('list.code')}</th>
                    <th scope="col">{t('list.kind')}</th>
                    <th scope="col">{t('list.from')}</th>
                    <th scope="col">{t('list.received')}</th>
                    <th scope="col">{t('list.state')}</th>
                    <th scope="col">{t('list.due')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.id}>
                      <td>
                        <Link to="/feedback/$id" params={{ id: item.id }}>
                          {item.code}
                        </Link>
                      </td>
                      <td>
                        {t(`kinds.${item.kind}`)}
                        <div className="small soft">{t(`subjects.${item.subject}`)}</div>
                      </td>
                      <td>
                        {item.filer_name}
                        <div className="small soft">{t(`channels.${item.channel}`)}</div>
                      </td>
                      <td>{formatDate(item.received_at)}</td>
                      <td>
                        <Chip tone={stateTone[item.state]}>{t(`states.${item.state}`)}</Chip>
                        {item.authority_name && <div className="small soft">{item.authority_name}</div>}
                      </td>
                      <td>
                        <Due due={item.due_on} overdue={item.overdue} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Listed>
      </Card>
    </Page>
  );
}
