import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewUser, Role, User } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { Icon } from '@/shared/ui/Icon';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import ui from '@/shared/ui/ui.module.css';
import css from './account.module.css';
import { useCreateUser, useSetActive, usersQuery } from './api';

const roles: Role[] = [
  'reception',
  'handler',
  'leader',
  'cashier',
  'results_desk',
  'director',
  'inspector',
  'admin',
];
/** These work for one ward's authority, the others for the whole centre. */
const ofAuthority: Role[] = ['handler', 'leader'];

export function UsersScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation(['account', 'common']);
  const users = useQuery(usersQuery(props.cursor));
  const setActive = useSetActive();
  const [asked, setAsked] = useState<User | null>(null);
  return (
    <Page title={t('users.title')} lead={t('users.lead')}>
      <NewUserCard />
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

function NewUserCard() {
  const { t } = useTranslation('account');
  const create = useCreateUser();
  const authorities = useQuery(authoritiesQuery());
  const [title, setTitle] = useState('');
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('reception');
  const [authority, setAuthority] = useState('');
  const errors = errorsByField(create.isError ? asProblem(create.error) : null);
  const needsAuthority = ofAuthority.includes(role);

  const send = () => {
    const body: NewUser = {
      full_name: name.trim(),
      username: username.trim(),
      password,
      title: title.trim() || undefined,
      roles: [{ role, authority_id: needsAuthority ? authority || undefined : undefined }],
    };
    create.mutate(body, {
      onSuccess: () => {
        setName('');
        setUsername('');
        setTitle('');
        setPassword('');
      },
    });
  };

  return (
    <Card id="new-user" title={t('users.new')}>
      {create.isError && <ProblemNotice error={create.error} />}
      {create.isSuccess && (
        <Notice tone="good" live title={t('users.created', { name: create.data.full_name })} />
      )}
      <form
        className={css.newUser}
        onSubmit={(e) => {
          e.preventDefault();
          send();
        }}
      >
        <TextInput
          required
          label={t('users.name')}
          value={name}
          error={errors.full_name}
          autoComplete="off"
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <TextInput
          label={t('users.personTitle')}
          value={title}
          error={errors.title}
          autoComplete="off"
          onChange={(e) => setTitle(e.currentTarget.value)}
        />
        <TextInput
          required
          label={t('username')}
          value={username}
          error={errors.username}
          autoComplete="off"
          autoCapitalize="none"
          onChange={(e) => setUsername(e.currentTarget.value)}
        />
        <PasswordInput
          required
          label={t('users.firstPassword')}
          value={password}
          error={errors.password}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0 }}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        <NativeSelect
          label={t('users.role')}
          value={role}
          error={errors.roles ?? errors['roles/0/role']}
          onChange={(e) => setRole(e.currentTarget.value as Role)}
          data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        {needsAuthority && (
          <NativeSelect
            required
            label={t('users.authority')}
            value={authority}
            error={errors['roles/0/authority_id']}
            onChange={(e) => setAuthority(e.currentTarget.value)}
            data={[
              { value: '', label: t('users.chooseAuthority') },
              ...(authorities.data?.items ?? []).map((a) => ({ value: a.id, label: a.name })),
            ]}
          />
        )}
        <Button type="submit" loading={create.isPending} leftSection={<Icon name="plus" size={16} />}>
          {t('users.create')}
        </Button>
      </form>
    </Card>
  );
}
