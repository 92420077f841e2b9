import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskDialog } from '@/features/payment/AskDialog';
import { useGoingBack } from '@/features/payment/api';
import { useNow } from '@/features/watch/useNow';
import type { Dossier, DossierFees } from '@/shared/api/types';
import { Chip } from '@/shared/ui/Notice';
import { dossierReceiptsQuery, useProposeVoid, useVoids } from './api';
import { useMay } from './useMay';
import { mayBeVoided, takesOff } from './words';

/** In these nothing of a dossier is left to do, and what was collected for it stays. */
const OVER: Dossier['state'][] = ['refused_at_intake', 'withdrawn', 'stopped', 'transferred', 'returned'];

/** The cashier's way to say that the last collection was none; there only while it would be heard. */
export function VoidProposal({ dossier, fees }: { dossier: Dossier; fees: DossierFees }) {
  const { t } = useTranslation('receipt');
  const collects = useMay('payments.collect');
  const now = useNow(60_000);
  const may =
    collects &&
    fees.payment_state === 'paid' &&
    !OVER.includes(dossier.state) &&
    mayBeVoided(fees.entries, new Date(now));
  // Proposals are of today: the first page holds them.
  const voids = useVoids(undefined, may);
  const receipts = useQuery({ ...dossierReceiptsQuery(dossier.id), enabled: may });
  const goingBack = useGoingBack(may);
  const [asking, setAsking] = useState(false);
  const propose = useProposeVoid();
  if (!may || voids.isPending) return null;
  // What goes back, or has gone back, had come to the bank: it is not taken back any more.
  if (receipts.data?.items.some((r) => takesOff(r) || goingBack.data?.has(r.id))) return null;
  if (voids.data?.items.some((v) => v.dossier_id === dossier.id && v.state === 'proposed'))
    return (
      <Chip tone="soon" icon="clock">
        {t('propose.waits')}
      </Chip>
    );
  return (
    <div>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('propose.begin')}
      </Button>
      {asking && (
        <AskDialog
          title={t('propose.begin')}
          field={{ name: 'reason', label: t('propose.reason'), maxLength: 300 }}
          yes={t('propose.yes')}
          step={propose}
          onSend={(reason) =>
            propose.mutate({ dossier: dossier.id, reason }, { onSuccess: () => setAsking(false) })
          }
          onClose={() => setAsking(false)}
        >
          <p className="soft">{t('propose.lead')}</p>
        </AskDialog>
      )}
    </div>
  );
}
