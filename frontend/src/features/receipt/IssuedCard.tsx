import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '@/shared/api/types';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useReceipts } from './api';
import css from './receipt.module.css';
import { ReceiptsTable } from './ReceiptsTable';
import { ReplaceDialog } from './ReplaceDialog';
import { useMay } from './useMay';
import { nameOf } from './words';

/** Receipts that were given; of one dossier when the page was reached from it. */
export function IssuedCard(props: {
  dossier?: string;
  cursor?: string;
  onAll: () => void;
  onGo: (cursor: string) => void;
}) {
  const { t } = useTranslation('receipt');
  const { dossier } = props;
  const receipts = useReceipts(dossier, props.cursor);
  const collects = useMay('payments.collect');
  const [replacing, setReplacing] = useState<Receipt>();
  const [done, setDone] = useState<{ name: string; before: string }>();
  const code = receipts.data?.items[0]?.dossier_code;
  return (
    <Card id="issued" title={t('issued.title')}>
      <div className={css.body}>
        {dossier && (
          <div className={css.only}>
            <span>{code ? t('issued.only', { code }) : t('issued.onlyOne')}</span>
            <Button variant="default" size="compact-md" onClick={props.onAll}>
              {t('issued.all')}
            </Button>
          </div>
        )}
        {done && <Notice tone="good" live title={t('replace.done', done)} />}
        {receipts.isPending && <Loading rows={6} />}
        {receipts.isError && <ProblemNotice error={receipts.error} onRetry={() => void receipts.refetch()} />}
        {receipts.data?.items.length === 0 && (
          <Empty icon="receipt" title={t(dossier ? 'issued.noneOf' : 'issued.none')} />
        )}
        {receipts.data && receipts.data.items.length > 0 && (
          <ReceiptsTable receipts={receipts.data.items} onReplace={collects ? setReplacing : undefined} />
        )}
        <Pager next={receipts.data?.next} prev={receipts.data?.prev} onGo={props.onGo} />
      </div>
      {replacing && (
        <ReplaceDialog
          receipt={replacing}
          onDone={(made) => {
            setDone({ name: nameOf(made), before: nameOf(replacing) });
            setReplacing(undefined);
          }}
          onClose={() => setReplacing(undefined)}
        />
      )}
    </Card>
  );
}
