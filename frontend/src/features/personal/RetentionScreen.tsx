import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { formatDateTime } from '@/shared/ui/format';
import { Chip, Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { disposalsQuery, usePropose } from './api';
import { DisposalCard } from './DisposalCard';
import css from './personal.module.css';
import { RulesCard } from './RulesCard';

export interface RetentionSearch {
  list?: string;
  cursor?: string;
}

/** How long dossiers are kept, and the lists of those whose time is over. */
export function RetentionScreen(props: { search: RetentionSearch; onGo: (search: RetentionSearch) => void }) {
  const { t } = useTranslation('personal');
  const me = useQuery(meQuery()).data;
  const may = (permission: string) => me?.permissions.includes(permission) ?? false;
  const { list, cursor } = props.search;
  return (
    <Page title={t('retention.title')} lead={t('retention.lead')}>
      {list ? (
        <DisposalCard
          key={list}
          id={list}
          mayApprove={may('disposals.approve')}
          onBack={() => props.onGo({ cursor })}
        />
      ) : (
        <>
          <RulesCard mayEdit={may('retention.manage')} />
          <Lists
            cursor={cursor}
            mayPropose={may('retention.manage')}
            onOpen={(id) => props.onGo({ list: id, cursor })}
            onGo={(next) => props.onGo({ cursor: next })}
          />
        </>
      )}
    </Page>
  );
}

function Lists(props: {
  cursor?: string;
  mayPropose: boolean;
  onOpen: (id: string) => void;
  onGo: (cursor: string) => void;
}) {
  const { t } = useTranslation('personal');
  const lists = useQuery(disposalsQuery(props.cursor));
  const propose = usePropose();
  return (
    <Card
      id="lists"
      title={t('retention.lists')}
      aside={
        props.mayPropose && (
          <Button
            variant="default"
            loading={propose.isPending}
            onClick={() => propose.mutate(undefined, { onSuccess: (made) => props.onOpen(made.list.id) })}
          >
            {t('retention.propose')}
          </Button>
        )
      }
    >
      <div className={css.stack}>
        {propose.isError && <ProblemNotice error={propose.error} />}
        {lists.isPending && <Loading />}
        {lists.isError && <ProblemNotice error={lists.error} onRetry={() => void lists.refetch()} />}
        {lists.data?.items.length === 0 && <Empty icon="folder" title={t('retention.listsNone')} />}
        {lists.data && lists.data.items.length > 0 && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="lists-title" tabIndex={0}>
            <table className={ui.table}>
              <thead>
                <tr>
                  <th scope="col">{t('retention.at')}</th>
                  <th scope="col">{t('retention.proposedBy')}</th>
                  <th scope="col">{t('retention.state')}</th>
                  <th scope="col">
                    <span className="sr-only">{t('retention.open')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {lists.data.items.map((l) => (
                  <tr key={l.id}>
                    <td>{formatDateTime(l.proposed_at)}</td>
                    <td>{l.proposed_by.full_name}</td>
                    <td>
                      <Chip>{t(`retention.stateOf.${l.state}`)}</Chip>
                    </td>
                    <td>
                      <Button
                        size="compact-md"
                        variant="default"
                        aria-label={t('retention.openOf', { at: formatDateTime(l.proposed_at) })}
                        onClick={() => props.onOpen(l.id)}
                      >
                        {t('retention.open')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Pager next={lists.data?.next} prev={lists.data?.prev} onGo={props.onGo} />
      </div>
    </Card>
  );
}
