import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Centre, SecondFactorPolicy } from '@/shared/api/types';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './account.module.css';
import { centresQuery, useSignInPolicy } from './api';

const policies: SecondFactorPolicy[] = ['optional', 'leaders', 'everyone'];

/** Who must sign in with a second factor. */
export function PolicyCard() {
  const { t } = useTranslation('account');
  const centres = useQuery(centresQuery());
  return (
    <Card id="policy" title={t('policy.title')}>
      <p className="soft">{t('policy.lead')}</p>
      {centres.isError && <ProblemNotice error={centres.error} />}
      {centres.data?.items.map((centre) => (
        <Policy key={`${centre.id} ${centre.version}`} centre={centre} />
      ))}
    </Card>
  );
}

function Policy({ centre }: { centre: Centre }) {
  const { t } = useTranslation('account');
  const [policy, setPolicy] = useState<SecondFactorPolicy>(centre.second_factor);
  const save = useSignInPolicy();
  return (
    <form
      className={css.policy}
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate({ centre, policy });
      }}
    >
      <NativeSelect
        label={centre.name}
        value={policy}
        onChange={(e) => setPolicy(e.currentTarget.value as SecondFactorPolicy)}
        data={policies.map((value) => ({ value, label: t(`policy.${value}`) }))}
      />
      <Button
        type="submit"
        variant="default"
        disabled={policy === centre.second_factor}
        loading={save.isPending}
      >
        {t('policy.save')}
      </Button>
      {save.isError && <ProblemNotice error={save.error} />}
    </form>
  );
}
