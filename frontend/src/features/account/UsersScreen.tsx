import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FirstPassword, User } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import css from './account.module.css';
import { useChangeUser, useFirstPasswords, usersQuery } from './api';
import { ImportUsersCard } from './ImportUsersCard';
import { NewUserCard } from './NewUserCard';
import { PasswordSlips } from './PasswordSlips';
import { PolicyCard } from './PolicyCard';
import { RolesDialog } from './RolesDialog';
import { UsersTable, type UserAction } from './UsersTable';

/** Who works here: added one by one or from a sheet, given first passwords, put right, let go. */
export function UsersScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation(['account', 'common']);
  const users = useQuery(usersQuery(props.cursor));
  const change = useChangeUser();
  const passwords = useFirstPasswords();
  const [asked, setAsked] = useState<{ user: User; action: UserAction } | null>(null);
  const [rolesOf, setRolesOf] = useState<string | null>(null);
  const looked = users.data?.items.find((u) => u.id === rolesOf);
  const [slips, setSlips] = useState<FirstPassword[]>([]);
  // Only who sees everybody can say who is missing.
  const all = users.data && !users.data.next && !users.data.prev ? users.data.items : undefined;
  const give = (ids: string[]) => passwords.mutate(ids, { onSuccess: setSlips });
  const carryOut = (user: User, action: UserAction) => {
    if (action === 'password') give([user.id]);
    else if (action === 'reset') change.mutate({ user, body: { reset_second_factor: true } });
    else change.mutate({ user, body: { active: action === 'activate' } });
  };
  return (
    <Page
      title={t('users.title')}
      lead={t('users.lead')}
      aside={
        <nav aria-label={t('users.more')} className={`${css.more} no-print`}>
          <Link to="/roles">{t('roles.title')}</Link>
          <Link to="/delegations">{t('delegations.title')}</Link>
          <Link to="/clients">{t('clients.title')}</Link>
        </nav>
      }
    >
      {passwords.isError && <ProblemNotice error={passwords.error} />}
      {passwords.isPending && <Loading rows={2} />}
      {slips.length > 0 && <PasswordSlips slips={slips} onDone={() => setSlips([])} />}
      <div className={`${css.stack} ${slips.length > 0 ? 'no-print' : ''}`}>
        <NewUserCard everybody={all} onCreated={(user) => give([user.id])} />
        <Card id="users" title={t('users.list')}>
          {users.isPending && <Loading />}
          {users.isError && <ProblemNotice error={users.error} onRetry={() => void users.refetch()} />}
          {change.isError && <ProblemNotice error={change.error} />}
          {users.data && (
            <UsersTable
              users={users.data.items}
              onAct={(user, action) => {
                if (action === 'roles') setRolesOf(user.id);
                else if (action === 'activate') carryOut(user, action);
                else setAsked({ user, action });
              }}
            />
          )}
          <Pager next={users.data?.next} prev={users.data?.prev} onGo={props.onGo} />
        </Card>
        <ImportUsersCard onGive={give} />
        <PolicyCard />
      </div>
      {looked && <RolesDialog user={looked} onClose={() => setRolesOf(null)} />}
      {asked && (
        <Dialog
          onClose={() => setAsked(null)}
          title={t(`users.ask.${asked.action}.title`, { name: asked.user.full_name })}
        >
          <p>{t(`users.ask.${asked.action}.text`)}</p>
          <div className={css.dialogActions}>
            <Button
              color={asked.action === 'deactivate' ? 'red' : undefined}
              onClick={() => {
                carryOut(asked.user, asked.action);
                setAsked(null);
              }}
            >
              {t(`users.ask.${asked.action}.yes`)}
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
