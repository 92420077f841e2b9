import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/features/receipt/useMay';
import type { BankPlacement } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { AskDialog } from './AskDialog';
import css from './payment.module.css';
import { usePlacements, useUndoPlacement } from './reconcile';

/** Money that was held against collections, with what was undone: by somebody else than who had done it. */
export function PlacementsCard() {
  const { t } = useTranslation('payment');
  const [cursor, setCursor] = useState<string>();
  const placements = usePlacements(cursor);
  const reconciles = useMay('payments.reconcile');
  return (
    <Card id="placements" title={t('placements.title')}>
      <p className="small soft">{t('placements.lead')}</p>
      {placements.isPending && <Loading rows={3} />}
      {placements.isError && (
        <ProblemNotice error={placements.error} onRetry={() => void placements.refetch()} />
      )}
      {placements.data?.items.length === 0 && <p className="soft">{t('placements.none')}</p>}
      {placements.data && placements.data.items.length > 0 && (
        <ul className={css.due}>
          {placements.data.items.map((p) => (
            <Line key={p.id} placement={p} undoes={reconciles && !p.undone_at} />
          ))}
        </ul>
      )}
      <Pager next={placements.data?.next} prev={placements.data?.prev} onGo={setCursor} />
    </Card>
  );
}

/** Of which dossiers the collections are; of many the first, and how many more there are. */
function useDossiers(placement: BankPlacement): string {
  const { t } = useTranslation('payment');
  const named = [...new Set(placement.dossier_codes)];
  const codes = named.join(', ');
  const rest = placement.collection_ids.length - placement.dossier_codes.length;
  if (named.length === 0) return '';
  return rest > 0
    ? t('placements.dossiersMore', { codes, rest })
    : t('placements.dossiers', { codes, count: named.length });
}

function Line({ placement, undoes }: { placement: BankPlacement; undoes: boolean }) {
  const { t } = useTranslation('payment');
  const [asking, setAsking] = useState(false);
  const at = formatDateTime(placement.placed_at);
  const dossiers = useDossiers(placement);
  return (
    <li>
      <div>
        <p>
          <strong className="num">{formatVnd(placement.amount_vnd)}</strong>{' '}
          {placement.undone_at && <Chip>{t('placements.undone')}</Chip>}
        </p>
        <p>
          {t('placements.money', { reference: placement.bank_reference })}
          {' · '}
          {t('placements.collections', { count: placement.collection_ids.length })}
          {dossiers && ` · ${dossiers}`}
        </p>
        <p className="small soft">
          {placement.placed_by
            ? t('placements.by', { name: placement.placed_by.full_name, at })
            : t('placements.program', { at })}
          {placement.undone_by && placement.undone_at && (
            <>
              {' · '}
              {t('placements.undoneBy', {
                name: placement.undone_by.full_name,
                at: formatDateTime(placement.undone_at),
              })}
              {': '}
              <span lang="vi">{placement.undone_because}</span>
            </>
          )}
        </p>
      </div>
      {undoes && (
        <div className={css.take}>
          <Button
            variant="default"
            aria-label={t('placements.undoOf', { reference: placement.bank_reference })}
            onClick={() => setAsking(true)}
          >
            {t('placements.undo')}
          </Button>
        </div>
      )}
      {asking && <UndoDialog placement={placement} onClose={() => setAsking(false)} />}
    </li>
  );
}

function UndoDialog({ placement, onClose }: { placement: BankPlacement; onClose: () => void }) {
  const { t } = useTranslation('payment');
  const undo = useUndoPlacement();
  const dossiers = useDossiers(placement);
  return (
    <AskDialog
      title={t('placements.undo')}
      field={{ name: 'reason', label: t('placements.reason'), maxLength: 300 }}
      yes={t('placements.undo')}
      step={undo}
      onSend={(reason) => undo.mutate({ placement, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('placements.ask')}</p>
      <Facts
        items={[
          [t('amount'), formatVnd(placement.amount_vnd)],
          [t('reconcile.movement'), placement.bank_reference],
          [t('placements.of'), dossiers],
        ]}
      />
    </AskDialog>
  );
}
