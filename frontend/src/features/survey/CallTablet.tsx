import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import type { Dossier } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { devicesQuery, useCallTablet } from './api';
import css from './survey.module.css';

/** The tablet of this counter, as whoever sits here chose it last. */
const CHOSEN = 'motcua.tablet';

function chosenBefore(): string {
  try {
    return localStorage.getItem(CHOSEN) ?? '';
  } catch {
    return '';
  }
}

function choose(id: string): void {
  try {
    localStorage.setItem(CHOSEN, id);
  } catch {
    // Without storage it is chosen anew each time.
  }
}

/** Asks whoever has just collected a result at the tablet on the counter. Nothing where there is no tablet. */
export function CallTablet({ dossier }: { dossier: Pick<Dossier, 'id' | 'code'> }) {
  const { t } = useTranslation('survey');
  const may = useQuery(meQuery()).data?.permissions.includes('surveys.offer') ?? false;
  const devices = useQuery({ ...devicesQuery(), enabled: may, staleTime: 60_000 });
  const [chosen, setChosen] = useState(chosenBefore);
  const call = useCallTablet();
  const tablets = (devices.data?.items ?? []).filter((d) => d.kind === 'tablet' && !d.ended_at);
  const tablet = tablets.find(({ id }) => id === chosen) ?? tablets[0];
  if (!may || !tablet) return null;
  return (
    <div className={css.call}>
      {tablets.length > 1 && (
        <NativeSelect
          label={t('call.where')}
          value={tablet.id}
          onChange={(e) => {
            choose(e.currentTarget.value);
            setChosen(e.currentTarget.value);
            call.reset();
          }}
          data={tablets.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Button
        size="compact-md"
        variant="default"
        leftSection={<Icon name="screen" size={16} />}
        loading={call.isPending}
        onClick={() => call.mutate({ device: tablet.id, dossier: dossier.id })}
      >
        {t('call.send')}
      </Button>
      <p role="status" className="small">
        {call.isSuccess && t('call.done', { name: tablet.name })}
      </p>
      {call.isError && <ProblemNotice error={call.error} />}
    </div>
  );
}
