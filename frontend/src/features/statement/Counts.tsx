import { useTranslation } from 'react-i18next';
import type { BankStatementDetails, BankTransaction } from '@/shared/api/types';
import { formatVnd } from '@/shared/ui/format';
import { Card } from '@/shared/ui/Page';
import css from './statement.module.css';
import { counted, lineClasses, type Shown } from './words';

/** How many lines are what, each a way to see only those. */
export function Counts(props: {
  statement: BankStatementDetails;
  /** The first page of what it lacks; absent until all its lines are known. */
  missing?: { items: BankTransaction[]; next?: string | null };
  show?: Shown;
  onShow: (show?: Shown) => void;
}) {
  const { t } = useTranslation('statement');
  const { statement, missing } = props;
  const of = (name: (typeof lineClasses)[number]) =>
    statement.counts.find((c) => c.class === name) ?? { lines: 0, amount_vnd: 0 };
  const choice = (show: Shown | undefined, title: string, count: string, sum?: number) => (
    <button
      key={show ?? 'all'}
      type="button"
      className={css.count}
      aria-pressed={props.show === show}
      onClick={() => props.onShow(show)}
    >
      <span className={css.countTitle}>{title}</span>
      <span className={css.countFigures}>
        <span>{count}</span>
        {sum !== undefined && sum !== 0 && <span className="num">{formatVnd(sum)}</span>}
      </span>
    </button>
  );
  return (
    <Card id="counts" title={t('counts.title')}>
      <div role="group" aria-labelledby="counts-title" className={css.counts}>
        {choice(undefined, t('class.all'), t('lines', counted(statement.lines_done)))}
        {lineClasses.map((name) =>
          choice(name, t(`class.${name}`), t('lines', counted(of(name).lines)), of(name).amount_vnd),
        )}
        {missing &&
          choice(
            'missing',
            t('class.missing'),
            missing.next
              ? t('movementsMore', counted(missing.items.length))
              : t('movements', counted(missing.items.length)),
          )}
      </div>
    </Card>
  );
}
