import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewUser, Role, User } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './account.module.css';
import { useCreateUser } from './api';
import { missingPeople, ofAuthority, type Missing } from './missing';
import { staffRoles } from './staff';

/** What one person of a small ward does besides. Who administers or inspects does nothing else. */
const besides: Role[] = ['reception', 'handler', 'cashier', 'results_desk'];
const alone: Role[] = ['inspector', 'admin'];
/** So many at a time; as one is added, the next comes up. */
const SHOWN = 8;

/** Adds a person; to a new centre it says who is still needed. */
export function NewUserCard(props: {
  everybody: User[] | undefined;
  /** The account is made; it waits for a first password. */
  onCreated: (user: User) => void;
}) {
  const { everybody } = props;
  const { t } = useTranslation('account');
  const create = useCreateUser();
  const authorities = useQuery(authoritiesQuery());
  const [title, setTitle] = useState('');
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<Role>('reception');
  const [also, setAlso] = useState<Role[]>([]);
  const [authority, setAuthority] = useState('');
  const errors = errorsByField(create.isError ? asProblem(create.error) : null);
  const offered = alone.includes(role) ? [] : besides.filter((each) => each !== role);
  const held = [role, ...also.filter((each) => offered.includes(each))];
  const needsAuthority = held.some((each) => ofAuthority.includes(each));
  const wards = authorities.data?.items ?? [];
  const ward = authority || (wards.length === 1 ? (wards[0]?.id ?? '') : '');
  const missing = everybody && authorities.data ? missingPeople(everybody, wards) : [];
  const nameField = useRef<HTMLInputElement>(null);

  const begin = (wanted: Missing) => {
    setRole(wanted.role);
    setAuthority(wanted.authority?.id ?? '');
    nameField.current?.focus();
  };

  const send = () => {
    const body: NewUser = {
      full_name: name.trim(),
      username: username.trim(),
      must_change_password: true,
      title: title.trim() || undefined,
      roles: held.map((each) => ({
        role: each,
        authority_id: ofAuthority.includes(each) ? ward || undefined : undefined,
      })),
    };
    create.mutate(body, {
      onSuccess: (user) => {
        props.onCreated(user);
        setName('');
        setUsername('');
        setTitle('');
        setAlso([]);
      },
    });
  };

  return (
    <Card id="new-user" title={t('users.new')}>
      {missing.length > 0 && (
        <section className={css.needed} aria-labelledby="needed">
          <h3 id="needed">{t('users.needed.title')}</h3>
          <p className="soft">{t('users.needed.lead')}</p>
          <ul className="plain">
            {missing.slice(0, SHOWN).map((each) => (
              <li key={`${each.role} ${each.authority?.id ?? ''}`}>
                <button type="button" className={ui.linkButton} onClick={() => begin(each)}>
                  <Icon name="plus" size={16} />
                  {each.authority
                    ? t('users.needed.addFor', {
                        role: t(`role.${each.role}`),
                        authority: each.authority.name,
                      })
                    : t('users.needed.add', { role: t(`role.${each.role}`) })}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {create.isError && <ProblemNotice error={create.error} />}
      <form
        className={css.newUser}
        onSubmit={(e) => {
          e.preventDefault();
          send();
        }}
      >
        <TextInput
          ref={nameField}
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
          description={t('users.usernameHint')}
          inputWrapperOrder={helpBelow}
          value={username}
          error={errors.username}
          autoComplete="off"
          autoCapitalize="none"
          onChange={(e) => setUsername(e.currentTarget.value)}
        />
        <NativeSelect
          label={t('users.role')}
          description={t(`users.roleHint.${role}`)}
          inputWrapperOrder={helpBelow}
          value={role}
          error={errors.roles ?? errors['roles/0/role']}
          onChange={(e) => setRole(e.currentTarget.value as Role)}
          data={staffRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        {offered.length > 0 && (
          <Checkbox.Group
            className={css.also}
            label={t('users.also')}
            value={held}
            onChange={(chosen) => setAlso(besides.filter((each) => chosen.includes(each)))}
          >
            <div className={css.alsoList}>
              {offered.map((each) => (
                <Checkbox key={each} value={each} label={t(`role.${each}`)} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        {needsAuthority && (
          <NativeSelect
            required
            label={t('users.authority')}
            value={ward}
            error={errors[`roles/${held.findIndex((each) => ofAuthority.includes(each))}/authority_id`]}
            onChange={(e) => setAuthority(e.currentTarget.value)}
            data={[
              { value: '', label: t('users.chooseAuthority') },
              ...wards.map((a) => ({ value: a.id, label: a.name })),
            ]}
          />
        )}
        <Button
          className={css.add}
          type="submit"
          loading={create.isPending}
          leftSection={<Icon name="plus" size={16} />}
        >
          {t('users.create')}
        </Button>
      </form>
    </Card>
  );
}
