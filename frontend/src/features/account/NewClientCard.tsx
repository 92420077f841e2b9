import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { ClientSecret, Role } from '@/shared/api/types';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './account.module.css';
import { rolesQuery, useCreateClient } from './api';
import { usePermissionWords } from './permissions';

/** An account for another system: in which role it acts, and what of it it may do. */
export function NewClientCard({ onMade }: { onMade: (told: ClientSecret) => void }) {
  const { t } = useTranslation('account');
  const words = usePermissionWords();
  const known = useQuery(rolesQuery()).data?.items;
  const roles = known?.filter((r) => r.role !== 'admin') ?? [];
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('director');
  const [ward, setWard] = useState('');
  const [scopes, setScopes] = useState<string[]>(['dossiers.read']);
  const create = useCreateClient();
  const problem = create.isError ? asProblem(create.error) : null;
  const errors = errorsByField(problem);
  const offered = roles.find((r) => r.role === role)?.scopes ?? [];
  const send = () =>
    create.mutate(
      {
        name: name.trim(),
        role,
        authority_id: ward || undefined,
        // Whoever is quicker than the list of what each role may do sends what was chosen.
        scopes: known ? scopes.filter((s) => offered.includes(s)) : scopes,
      },
      {
        onSuccess: (told) => {
          onMade(told);
          setName('');
          window.scrollTo(0, 0);
        },
      },
    );
  return (
    <Card id="new-client" title={t('clients.new')}>
      <KeyForm label={t('clients.new')} className={css.newUser} refusal={create.error} onSend={send}>
        <TextInput
          required
          label={t('clients.name')}
          maxLength={200}
          value={name}
          error={errors.name}
          autoComplete="off"
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <NativeSelect
          label={t('users.role')}
          value={role}
          error={errors.role}
          onChange={(e) => setRole(e.currentTarget.value as Role)}
          data={roles.map((r) => ({ value: r.role, label: t(`role.${r.role}`) }))}
        />
        <NativeSelect
          label={t('users.authority')}
          value={ward}
          error={errors.authority_id}
          onChange={(e) => setWard(e.currentTarget.value)}
          data={[
            { value: '', label: t('clients.wholeCentre') },
            ...wards.map((a) => ({ value: a.id, label: a.name })),
          ]}
        />
        <Checkbox.Group
          className={css.also}
          label={t('clients.scopes')}
          value={scopes}
          error={errors.scopes}
          onChange={setScopes}
        >
          <div className={css.alsoList}>
            {offered.map((p) => (
              <Checkbox key={p} value={p} label={words(p)} />
            ))}
          </div>
        </Checkbox.Group>
        {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        <Button className={css.add} type="submit" loading={create.isPending}>
          {t('clients.make')}
        </Button>
      </KeyForm>
    </Card>
  );
}
