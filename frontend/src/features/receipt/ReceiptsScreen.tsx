import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/ui/Page';
import { IssuedCard } from './IssuedCard';
import { OwedCard } from './OwedCard';
import css from './receipt.module.css';
import { SeriesCard } from './SeriesCard';
import { VoidsCard } from './VoidsCard';
import { receiptTabs, type ReceiptTab } from './words';

/** What of receipts is listed. */
export interface ReceiptSearch {
  tab?: ReceiptTab;
  /** The receipts of one dossier only. */
  dossier_id?: string;
  cursor?: string;
}

/** Receipts: those given, those still to be given, collections taken back, and the series they run in. */
export function ReceiptsScreen(props: { search: ReceiptSearch; onSearch: (search: ReceiptSearch) => void }) {
  const { t } = useTranslation('receipt');
  const { search, onSearch } = props;
  const { tab = 'issued', cursor } = search;
  const paging = { cursor, onGo: (next: string) => onSearch({ ...search, cursor: next }) };
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div role="group" aria-label={t('which')} className={css.buttons}>
        {receiptTabs.map((each) => (
          <Button
            key={each}
            variant={each === tab ? 'filled' : 'default'}
            aria-pressed={each === tab}
            onClick={() => onSearch({ tab: each })}
          >
            {t(`tab.${each}`)}
          </Button>
        ))}
      </div>
      {tab === 'issued' && (
        <IssuedCard {...paging} dossier={search.dossier_id} onAll={() => onSearch({ tab: 'issued' })} />
      )}
      {tab === 'owed' && <OwedCard {...paging} />}
      {tab === 'voids' && <VoidsCard {...paging} />}
      {tab === 'series' && <SeriesCard {...paging} />}
    </Page>
  );
}
