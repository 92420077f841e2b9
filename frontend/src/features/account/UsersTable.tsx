import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { User } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import ui from '@/shared/ui/ui.module.css';
import css from './account.module.css';

export type UserAction = 'password' | 'reset' | 'activate' | 'deactivate';
/** What a row offers: an action to be confirmed, or the roles to be looked at. */
export type UserOffer = UserAction | 'roles';

/** Everybody with what can be done about them. */
export function UsersTable(props: { users: User[]; onAct: (user: User, action: UserOffer) => void }) {
  const { t } = useTranslation('account');
  return (
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
          {props.users.map((user) => (
            <tr key={user.id}>
              <td>
                {user.full_name}
                {user.title && <span className="small soft"> – {user.title}</span>}
              </td>
              <td>{user.username}</td>
              <td>
                {user.roles
                  .map((r) =>
                    r.delegated
                      ? t('users.asSubstitute', { role: t(`role.${r.role}`) })
                      : t(`role.${r.role}`),
                  )
                  .join(', ')}
              </td>
              <td>
                <State user={user} />
              </td>
              <td>
                <div className={css.rowActions}>
                  {actionsOf(user).map((action) => (
                    <Button
                      key={action}
                      size="compact-md"
                      variant="default"
                      aria-label={t(`users.of.${action}`, { name: user.full_name })}
                      onClick={() => props.onAct(user, action)}
                    >
                      {t(`users.do.${action}`)}
                    </Button>
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function actionsOf(user: User): UserOffer[] {
  if (!user.active) return ['activate'];
  return user.second_factor
    ? ['roles', 'password', 'reset', 'deactivate']
    : ['roles', 'password', 'deactivate'];
}

function State({ user }: { user: User }) {
  const { t } = useTranslation('account');
  if (!user.active) return <Chip icon="cross">{t('users.inactive')}</Chip>;
  return (
    <div className={css.states}>
      {user.first_password_until ? (
        <Chip tone="soon" icon="clock">
          {t('users.waiting', { at: formatDateTime(user.first_password_until) })}
        </Chip>
      ) : user.has_password ? (
        <Chip tone="good" icon="check">
          {t('users.active')}
        </Chip>
      ) : (
        <Chip tone="soon" icon="late">
          {t('users.noPassword')}
        </Chip>
      )}
      {user.second_factor && <Chip icon="check">{t('users.secondFactor')}</Chip>}
    </div>
  );
}
