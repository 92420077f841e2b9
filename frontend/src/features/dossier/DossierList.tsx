import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DossierFilter } from '@/shared/api/types';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Pager } from '@/shared/ui/Pager';
import { useDossierPage } from './api';
import { DossierTable } from './DossierTable';

/** One page of dossiers in all its conditions: being fetched, failed, empty, there. */
export function DossierList(props: {
  filter: DossierFilter;
  caption: string;
  empty: string;
  emptyMore?: ReactNode;
  onGo: (cursor: string) => void;
}) {
  const { t } = useTranslation();
  const list = useDossierPage(props.filter);
  if (!list.data && !list.isError) return <Loading rows={6} />;
  if (!list.data) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  const { items, next, prev } = list.data;
  return (
    <div aria-busy={list.isPlaceholderData} style={{ opacity: list.isPlaceholderData ? 0.6 : 1 }}>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {items.length === 0 ? (
        <Empty title={props.empty}>{props.emptyMore}</Empty>
      ) : (
        <DossierTable items={items} caption={props.caption} concern={props.filter.concern} />
      )}
      <span className="sr-only" role="status">
        {t('shown', { count: items.length })}
      </span>
      <Pager next={next} prev={prev} onGo={props.onGo} />
    </div>
  );
}
