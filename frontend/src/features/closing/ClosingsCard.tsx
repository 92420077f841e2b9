import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TillClosing } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useClosings } from './api';
import { CardTable, Cell } from './CardTable';
import css from './closing.module.css';
import { DifferenceChip } from './DifferenceChip';
import { named } from './words';

const columns = ['one', 'cashier', 'at', 'collected', 'difference'] as const;

/** The tills that were closed, the last first. */
export function ClosingsCard(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('closing');
  const closings = useClosings(props.cursor);
  return (
    <Card id="closings" title={t('list.title')}>
      {closings.isPending && <Loading rows={5} />}
      {closings.isError && <ProblemNotice error={closings.error} onRetry={() => void closings.refetch()} />}
      {closings.data?.items.length === 0 && <Empty icon="lock" title={t('list.none')} />}
      {closings.data && closings.data.items.length > 0 && (
        <CardTable
          label="closings-title"
          heads={columns.map((key) => ({ key, text: t(`list.${key}`), num: key === 'collected' }))}
        >
          {closings.data.items.map((closing) => (
            <Row key={closing.id} closing={closing} />
          ))}
        </CardTable>
      )}
      <Pager next={closings.data?.next} prev={closings.data?.prev} onGo={props.onGo} />
    </Card>
  );
}

function Row({ closing }: { closing: TillClosing }) {
  const { t } = useTranslation('closing');
  return (
    <tr role="row">
      <Cell>
        <Link to="/closing/$id" params={{ id: closing.id }}>
          {t('named', named(closing))}
        </Link>
      </Cell>
      <Cell>{closing.cashier.full_name}</Cell>
      <Cell head={t('list.at')}>
        <time dateTime={closing.closed_at}>{formatDateTime(closing.closed_at)}</time>
      </Cell>
      <Cell num head={t('list.collected')}>
        <strong>{formatVnd(closing.collected_vnd)}</strong>
      </Cell>
      <Cell className={css.difference}>
        <DifferenceChip difference={closing.difference_vnd} />
        {closing.reason && (
          <div className="small soft" lang="vi">
            {closing.reason}
          </div>
        )}
      </Cell>
    </tr>
  );
}
