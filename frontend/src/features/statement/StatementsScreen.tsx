import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/ui/Page';
import { useReconciles } from './api';
import { ImportCard } from './ImportCard';
import { StatementScreen } from './StatementScreen';
import { StatementsCard } from './StatementsCard';
import type { Shown } from './words';

/** Which statement is looked at, and what of it; the list of all where none is named. */
export interface StatementSearch {
  statement?: string;
  show?: Shown;
  cursor?: string;
}

/** What banks say last: statements, held line by line against what is known here. */
export function StatementsScreen(props: {
  search: StatementSearch;
  onSearch: (search: StatementSearch) => void;
}) {
  const { t } = useTranslation('statement');
  const reconciles = useReconciles();
  const { search, onSearch } = props;
  if (search.statement)
    return (
      <StatementScreen
        // What one statement has told is not told of the next.
        key={search.statement}
        id={search.statement}
        show={search.show}
        cursor={search.cursor}
        onSearch={onSearch}
      />
    );
  return (
    <Page title={t('title')} lead={t('lead')}>
      {reconciles && <ImportCard />}
      <StatementsCard cursor={search.cursor} onGo={(cursor) => onSearch({ cursor })} />
    </Page>
  );
}
