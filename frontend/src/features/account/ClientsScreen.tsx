import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Client, ClientSecret } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime } from '@/shared/ui/format';
import { Chip, Disclosure, Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import css from './account.module.css';
import { clientsQuery, usageQuery, useRotate, useSetClientActive } from './api';
import { NewClientCard } from './NewClientCard';
import { usePermissionWords } from './permissions';

/** Hours for which the secret of before still holds. */
const OVERLAP_HOURS = 24;

/** Other systems that work here: what they may do, their secrets, how much they ask. */
export function ClientsScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('account');
  const clients = useQuery(clientsQuery(props.cursor));
  const [told, setTold] = useState<ClientSecret | null>(null);
  return (
    <Page title={t('clients.title')} lead={t('clients.lead')}>
      {told && <Secret told={told} onDone={() => setTold(null)} />}
      <NewClientCard onMade={setTold} />
      {clients.isPending && <Loading />}
      {clients.isError && <ProblemNotice error={clients.error} onRetry={() => void clients.refetch()} />}
      {clients.data?.items.length === 0 && <Empty icon="send" title={t('clients.none')} />}
      {clients.data?.items.map((client) => (
        <ClientCard key={client.id} client={client} onTold={setTold} />
      ))}
      <Pager next={clients.data?.next} prev={clients.data?.prev} onGo={props.onGo} />
    </Page>
  );
}

function Secret({ told, onDone }: { told: ClientSecret; onDone: () => void }) {
  const { t } = useTranslation('account');
  return (
    <Notice
      tone="soon"
      live
      title={t('clients.told', { name: told.client.name })}
      foot={<Button onClick={onDone}>{t('clients.kept')}</Button>}
    >
      <dl className={css.told}>
        <dt lang="zxx">client_id</dt>
        <dd className={css.secret}>{told.client.id}</dd>
        <dt lang="zxx">client_secret</dt>
        <dd className={css.secret}>{told.secret}</dd>
      </dl>
      <p>{t('clients.once')}</p>
    </Notice>
  );
}

function ClientCard({ client, onTold }: { client: Client; onTold: (told: ClientSecret) => void }) {
  const { t } = useTranslation('account');
  const word = useWord();
  const words = usePermissionWords();
  const rotate = useRotate();
  const setActive = useSetClientActive();
  const [opened, setOpened] = useState(false);
  return (
    <Card
      id={`client-${client.id}`}
      title={client.name}
      aside={
        <Chip tone={client.active ? 'good' : undefined} icon={client.active ? 'check' : 'cross'}>
          {client.active ? t('users.active') : t('users.inactive')}
        </Chip>
      }
    >
      <div className={css.stack}>
        <Facts
          items={[
            [t('clients.id'), <code key="id">{client.id}</code>],
            [t('users.role'), client.role && word('account:role', client.role)],
            [t('clients.scopes'), client.scopes.map(words).join('; ')],
            [
              t('clients.secrets'),
              <ul key="secrets" className="plain">
                {client.secrets.map((s) => (
                  <li key={s.created_at}>
                    {t('clients.secret', { at: formatDateTime(s.created_at) })}
                    {s.expires_at && `, ${t('clients.until', { at: formatDateTime(s.expires_at) })}`}
                    {s.last_used_at && `, ${t('clients.used', { at: formatDateTime(s.last_used_at) })}`}
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
        {rotate.isError && <ProblemNotice error={rotate.error} />}
        {setActive.isError && <ProblemNotice error={setActive.error} />}
        <div className={css.rowActions}>
          <Button
            variant="default"
            loading={rotate.isPending}
            aria-label={t('clients.rotateOf', { name: client.name })}
            onClick={() => rotate.mutate({ id: client.id, hours: OVERLAP_HOURS }, { onSuccess: onTold })}
          >
            {t('clients.rotate')}
          </Button>
          <Button
            variant="default"
            loading={setActive.isPending}
            aria-label={t(client.active ? 'users.of.deactivate' : 'users.of.activate', { name: client.name })}
            onClick={() => setActive.mutate({ client, active: !client.active })}
          >
            {t(client.active ? 'users.do.deactivate' : 'users.do.activate')}
          </Button>
        </div>
        <p className="small soft">{t('clients.rotateHint', { hours: OVERLAP_HOURS })}</p>
        <Disclosure summary={t('clients.usage')} onToggle={setOpened}>
          {opened && <Usage id={client.id} />}
        </Disclosure>
      </div>
    </Card>
  );
}

function Usage({ id }: { id: string }) {
  const { t } = useTranslation('account');
  const usage = useQuery(usageQuery(id));
  if (usage.isError) return <ProblemNotice error={usage.error} />;
  if (!usage.data) return <Loading rows={2} />;
  if (usage.data.items.length === 0) return <p className="soft">{t('clients.unused')}</p>;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-label={t('clients.usage')} tabIndex={0}>
      <table className={ui.table}>
        <thead>
          <tr>
            <th scope="col">{t('clients.day')}</th>
            <th scope="col">{t('clients.operation')}</th>
            <th scope="col" className="num">
              {t('clients.requests')}
            </th>
          </tr>
        </thead>
        <tbody>
          {usage.data.items.map((u) => (
            <tr key={`${u.day} ${u.operation}`}>
              <td>{u.day.split('-').reverse().join('/')}</td>
              <td>
                <code>{u.operation}</code>
              </td>
              <td className="num">{u.requests}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
