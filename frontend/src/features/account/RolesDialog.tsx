import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { HeldRole, Role, User } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { ProblemNotice } from '@/shared/ui/Notice';
import css from './account.module.css';
import { useChangeRoles } from './api';
import { ofAuthority } from './missing';
import { staffRoles } from './staff';

/** What somebody may do, taken away or added to, one role at a time. */
export function RolesDialog(props: { user: User; onClose: () => void }) {
  const { user } = props;
  const { t } = useTranslation('account');
  const authorities = useQuery(authoritiesQuery());
  const change = useChangeRoles();
  const [role, setRole] = useState<Role>('reception');
  const [authority, setAuthority] = useState('');
  const wards = authorities.data?.items ?? [];
  const problem = change.isError ? asProblem(change.error) : null;
  const errors = errorsByField(problem);
  const told = (held: HeldRole) => {
    const name = t(`role.${held.role}`);
    const ward = wards.find((a) => a.id === held.authority_id)?.name;
    const whole = ward ? `${name} – ${ward}` : name;
    return held.delegated ? t('users.asSubstitute', { role: whole }) : whole;
  };
  const own = user.roles.filter((r) => !r.delegated);
  return (
    <Dialog title={t('users.rolesOf', { name: user.full_name })} onClose={props.onClose}>
      <p className="soft">{t('users.rolesLead')}</p>
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      <ul className={css.heldRoles}>
        {user.roles.map((held) => (
          <li key={held.id}>
            <span>{told(held)}</span>
            {!held.delegated && own.length > 1 && (
              <Button
                size="compact-md"
                variant="default"
                aria-label={t('users.takeRoleOf', { role: told(held) })}
                onClick={() => change.mutate({ id: user.id, take: held.id })}
              >
                {t('users.takeRole')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form
        className={css.stack}
        onSubmit={(e) => {
          e.preventDefault();
          const body = { role, authority_id: ofAuthority.includes(role) ? authority : undefined };
          change.mutate({ id: user.id, give: body });
        }}
      >
        <NativeSelect
          label={t('users.newRole')}
          value={role}
          error={errors.role}
          onChange={(e) => setRole(e.currentTarget.value as Role)}
          data={staffRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        {ofAuthority.includes(role) && (
          <NativeSelect
            required
            label={t('users.authority')}
            value={authority}
            error={errors.authority_id}
            onChange={(e) => setAuthority(e.currentTarget.value)}
            data={[
              { value: '', label: t('users.chooseAuthority') },
              ...wards.map((a) => ({ value: a.id, label: a.name })),
            ]}
          />
        )}
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('users.giveRole')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
