import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import { useSetActive, usersQuery } from './api';
import { NewUserCard } from './NewUserCard';

export function UsersScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation(['account', 'common']);
  const users = useQuery(usersQuery(props.cursor));
  const setActive = useSetActive();
  const [asked, setAsked] = useState<User | null>(null);
  // Only who sees everybody can say who is missing.
  const all = users.data && !users.data.next && !users.data.prev ? users.data.items : undefined;
  return (
    <Page title={t('users.title')} lead={t('users.lead')}>
      <NewUserCard everybody={all} />
      <Card id="users" title={t('users.list')}>
        {users.isPending && <Loading />}
        {users.isError && <ProblemNotice error={users.error} onRetry={() => void users.refetch()} />}
        {setActive.isError && <ProblemNotice error={setActive.error} />}
        {users.data && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="users-title" tabIndex={0}>
            <table className={`${ui.table} ${ui.wide}`}>
              <thead>
                <tr>
                  <th scope="col">{t('users.name')}</th>
                  <th scope="col">{t('username')}</th>
                  <th scope="col">{t('users.roles')}</th>
                  <th scope="col">{t('users.state')}</th>
                  <th scope="col">
                    <span className="sr-only">{t('users.action')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {users.data.items.map((user) => (
                  <tr key={user.id}>
                    <td>
                      {user.full_name}
                      {user.title && <span className="small soft"> – {user.title}</span>}
                    </td>
                    <td>{user.username}</td>
                    <td>{user.roles.map((r) => t(`role.${r.role}`)).join(', ')}</td>
                    <td>
                      {user.active ? (
                        <Chip tone="good" icon="check">
                          {t('users.active')}
                        </Chip>
                      ) : (
                        <Chip icon="cross">{t('users.inactive')}</Chip>
                      )}
                    </td>
                    <td>
                      <Button
                        size="compact-md"
                        variant="default"
                        aria-label={t(user.active ? 'users.deactivateOf' : 'users.activateOf', {
                          name: user.full_name,
                        })}
                        onClick={() =>
                          user.active ? setAsked(user) : setActive.mutate({ user, active: true })
                        }
                      >
                        {user.active ? t('users.deactivate') : t('users.activate')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Pager next={users.data?.next} prev={users.data?.prev} onGo={props.onGo} />
      </Card>
      {asked && (
        <Dialog onClose={() => setAsked(null)} title={t('users.askTitle', { name: asked.full_name })}>
          <p>{t('users.askText')}</p>
          <div style={{ display: 'flex', gap: '0.75rem', marginTop: '1rem' }}>
            <Button
              color="red"
              onClick={() => {
                setActive.mutate({ user: asked, active: false });
                setAsked(null);
              }}
            >
              {t('users.deactivate')}
            </Button>
            <Button variant="default" onClick={() => setAsked(null)}>
              {t('common:cancel')}
            </Button>
          </div>
        </Dialog>
      )}
    </Page>
  );
}
