import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGoingBack } from '@/features/payment/api';
import type { Receipt, Refund } from '@/shared/api/types';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useReceipts } from './api';
import css from './receipt.module.css';
import { ReceiptsTable } from './ReceiptsTable';
import { ReplaceDialog } from './ReplaceDialog';
import { ReturnDialog } from './ReturnDialog';
import { ReturnProposed } from './ReturnProposed';
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
  // A payer's number never stands in the address, where the browser would keep it; nor do the pages of its list.
  const [found, setFound] = useState<{ payer: string; cursor?: string }>();
  const [typed, setTyped] = useState('');
  const receipts = useReceipts(
    found ? { payer: found.payer } : { dossier },
    found ? found.cursor : props.cursor,
  );
  const collects = useMay('payments.collect');
  const [replacing, setReplacing] = useState<Receipt>();
  const [done, setDone] = useState<{ name: string; before: string }>();
  const goingBack = useGoingBack(collects);
  const [returning, setReturning] = useState<Receipt>();
  const [proposed, setProposed] = useState<Refund>();
  const none = found ? t('issued.noneOfPayer') : t(dossier ? 'issued.noneOf' : 'issued.none');
  const code = receipts.data?.items[0]?.dossier_code;
  return (
    <Card id="issued" title={t('issued.title')}>
      <div className={css.body}>
        <Find text={typed} onText={setTyped} onFind={(payer) => setFound(payer ? { payer } : undefined)} />
        {found && (
          <div className={css.only}>
            <span>{t('issued.onlyPayer', { number: found.payer })}</span>
            <Button
              variant="default"
              size="compact-md"
              onClick={() => {
                setFound(undefined);
                setTyped('');
                props.onAll();
              }}
            >
              {t('issued.all')}
            </Button>
          </div>
        )}
        {dossier && !found && (
          <div className={css.only}>
            <span>{code ? t('issued.only', { code }) : t('issued.onlyOne')}</span>
            <Button variant="default" size="compact-md" onClick={props.onAll}>
              {t('issued.all')}
            </Button>
          </div>
        )}
        {done && <Notice tone="good" live title={t('replace.done', done)} />}
        {proposed && <ReturnProposed refund={proposed} />}
        {receipts.isPending && <Loading rows={6} />}
        {receipts.isError && <ProblemNotice error={receipts.error} onRetry={() => void receipts.refetch()} />}
        {receipts.data?.items.length === 0 && <Empty icon="receipt" title={none} />}
        {receipts.data && receipts.data.items.length > 0 && (
          <ReceiptsTable
            receipts={receipts.data.items}
            goesBack={(receipt) => goingBack.data?.has(receipt.id) ?? false}
            acts={
              collects && !goingBack.isPending
                ? { onReplace: setReplacing, onReturn: setReturning }
                : undefined
            }
          />
        )}
        <Pager
          next={receipts.data?.next}
          prev={receipts.data?.prev}
          onGo={(cursor) => (found ? setFound({ ...found, cursor }) : props.onGo(cursor))}
        />
      </div>
      {replacing && (
        <ReplaceDialog
          receipt={replacing}
          onDone={(made) => {
            setDone({ name: nameOf(made), before: nameOf(replacing) });
            setProposed(undefined);
            setReplacing(undefined);
          }}
          onClose={() => setReplacing(undefined)}
        />
      )}
      {returning && (
        <ReturnDialog
          // At the version that is known by now.
          receipt={receipts.data?.items.find((r) => r.id === returning.id) ?? returning}
          onDone={(refund) => {
            setProposed(refund);
            setDone(undefined);
            setReturning(undefined);
          }}
          onClose={() => setReturning(undefined)}
        />
      )}
    </Card>
  );
}

/** Finds by the whole number of who paid; Enter sends it. */
function Find(props: { text: string; onText: (text: string) => void; onFind: (payer: string) => void }) {
  const { t } = useTranslation('receipt');
  return (
    <form
      role="search"
      autoComplete="off"
      className={css.find}
      onSubmit={(e) => {
        e.preventDefault();
        props.onFind(props.text.trim());
      }}
    >
      <TextInput
        name="payer_number"
        label={t('issued.number')}
        description={t('issued.numberHint')}
        maxLength={30}
        value={props.text}
        onChange={(e) => props.onText(e.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {t('issued.find')}
      </Button>
    </form>
  );
}
