import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { serverNow } from '@/shared/api/session';
import type { Delegation, Me } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime } from '@/shared/ui/format';
import { Chip, Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { delegationsQuery, meQuery, useEndDelegation } from './api';
import { NewDelegationCard } from './NewDelegationCard';

type Standing = 'ended' | 'over' | 'coming' | 'running';

function standingOf(d: Delegation, now: Date): Standing {
  if (d.ended_at) return 'ended';
  if (new Date(d.valid_to) <= now) return 'over';
  // The server's clock is known to the second or so: what began just now is running.
  return new Date(d.valid_from).getTime() > now.getTime() + 60_000 ? 'coming' : 'running';
}

/** Who acts for whom, from when until when, and why; a role of one's own can be given for a time. */
export function DelegationsScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('account');
  const me = useQuery(meQuery()).data;
  const list = useQuery(delegationsQuery(props.cursor));
  return (
    <Page title={t('delegations.title')} lead={t('delegations.lead')}>
      {me && <NewDelegationCard me={me} />}
      <Card id="delegations" title={t('delegations.list')}>
        {list.isPending && <Loading />}
        {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.items.length === 0 && <Empty icon="people" title={t('delegations.none')} />}
        {list.data && me && list.data.items.length > 0 && <Table items={list.data.items} me={me} />}
        <Pager next={list.data?.next} prev={list.data?.prev} onGo={props.onGo} />
      </Card>
    </Page>
  );
}

function Table({ items, me }: { items: Delegation[]; me: Me }) {
  const { t } = useTranslation('account');
  const word = useWord();
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  const end = useEndDelegation();
  const now = serverNow();
  const keeps = me.roles.some((r) => r.role === 'admin');
  return (
    <>
      {end.isError && <ProblemNotice error={end.error} />}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
      <div className={ui.tableWrap} role="group" aria-labelledby="delegations-title" tabIndex={0}>
        <table className={`${ui.table} ${ui.wide}`}>
          <thead>
            <tr>
              <th scope="col">{t('delegations.from')}</th>
              <th scope="col">{t('delegations.to')}</th>
              <th scope="col">{t('users.role')}</th>
              <th scope="col">{t('delegations.time')}</th>
              <th scope="col">{t('delegations.reason')}</th>
              <th scope="col">{t('users.state')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((d) => {
              const standing = standingOf(d, now);
              const live = standing === 'coming' || standing === 'running';
              return (
                <tr key={d.id}>
                  <td>{d.from.full_name}</td>
                  <td>{d.to.full_name}</td>
                  <td>
                    {word('account:role', d.role)}
                    <div className="small soft">{wards.find((a) => a.id === d.authority_id)?.name}</div>
                  </td>
                  <td>
                    {formatDateTime(d.valid_from)} – {formatDateTime(d.valid_to)}
                  </td>
                  <td>{d.reason}</td>
                  <td>
                    <Chip tone={standing === 'running' ? 'good' : undefined}>
                      {t(`delegations.standing.${standing}`)}
                    </Chip>
                    {live && (keeps || d.from.id === me.id) && (
                      <Button
                        size="compact-md"
                        variant="default"
                        aria-label={t('delegations.endOf', { name: d.to.full_name })}
                        loading={end.isPending && end.variables === d.id}
                        onClick={() => end.mutate(d.id)}
                      >
                        {t('delegations.end')}
                      </Button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
