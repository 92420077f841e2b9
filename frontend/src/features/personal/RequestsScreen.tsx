import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { serverNow } from '@/shared/api/session';
import type { DataRequest } from '@/shared/api/types';
import { formatDate, formatDateTime, localDate } from '@/shared/ui/format';
import { Chip, Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { AnswerDialog } from './AnswerDialog';
import { requestsQuery, useExportPerson } from './api';
import { NewRequestCard } from './NewRequestCard';
import css from './personal.module.css';

/** What people ask about their own data, with the day it must be answered by. */
export function RequestsScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('personal');
  const me = useQuery(meQuery()).data;
  const list = useQuery(requestsQuery(props.cursor));
  const out = useExportPerson();
  const [asked, setAsked] = useState<DataRequest | null>(null);
  const answers = me?.permissions.includes('personal_data.answers') ?? false;
  return (
    <Page title={t('requests.title')} lead={t('requests.lead')}>
      <NewRequestCard />
      <Card id="requests" title={t('requests.list')}>
        <div className={css.stack}>
          {list.isPending && <Loading />}
          {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
          {out.isError && <ProblemNotice error={out.error} />}
          {out.isSuccess && <Notice tone="good" live title={t('requests.exported', { name: out.data })} />}
          {list.data?.items.length === 0 && <Empty icon="eye" title={t('requests.none')} />}
          {list.data && list.data.items.length > 0 && (
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
            <div className={ui.tableWrap} role="group" aria-labelledby="requests-title" tabIndex={0}>
              <table className={`${ui.table} ${ui.wide}`}>
                <thead>
                  <tr>
                    <th scope="col">{t('requests.who')}</th>
                    <th scope="col">{t('requests.what')}</th>
                    <th scope="col">{t('requests.due')}</th>
                    <th scope="col">{t('requests.state')}</th>
                  </tr>
                </thead>
                <tbody>
                  {list.data.items.map((r) => (
                    <tr key={r.id}>
                      <td>
                        {r.requester_name}
                        <div className="small soft">{r.requester_identity}</div>
                      </td>
                      <td>
                        {t(`requests.kind.${r.kind}`)}
                        {r.details && <div className="small soft">{r.details}</div>}
                        <div className="small soft">{formatDateTime(r.received_at)}</div>
                      </td>
                      <td>{formatDate(r.answer_due_on)}</td>
                      <td>
                        <State request={r} />
                        {answers && (
                          <div className={css.actions}>
                            {!r.outcome && (
                              <Button
                                size="compact-md"
                                variant="default"
                                aria-label={t('requests.answerOf', { name: r.requester_name })}
                                onClick={() => setAsked(r)}
                              >
                                {t('requests.answer')}
                              </Button>
                            )}
                            <Button
                              size="compact-md"
                              variant="default"
                              aria-label={t('requests.exportOf', { name: r.requester_name })}
                              loading={out.isPending && out.variables === r.id}
                              onClick={() => out.mutate(r.id)}
                            >
                              {t('requests.export')}
                            </Button>
                          </div>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <Pager next={list.data?.next} prev={list.data?.prev} onGo={props.onGo} />
        </div>
      </Card>
      {asked && <AnswerDialog request={asked} onDone={() => setAsked(null)} />}
    </Page>
  );
}

function State({ request }: { request: DataRequest }) {
  const { t } = useTranslation('personal');
  if (request.outcome)
    return (
      <>
        <Chip tone={request.outcome === 'fulfilled' ? 'good' : undefined} icon="check">
          {t(`requests.outcome.${request.outcome}`)}
        </Chip>
        <div className="small soft">{request.answer}</div>
      </>
    );
  const late = request.answer_due_on < localDate(serverNow());
  return (
    <Chip tone={late ? 'late' : 'soon'} icon={late ? 'late' : 'clock'}>
      {late ? t('requests.late') : t('requests.open')}
    </Chip>
  );
}
