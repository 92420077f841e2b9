import { useTranslation } from 'react-i18next';
import { formatVnd } from '@/shared/ui/format';
import { CardTable, Cell } from './CardTable';
import css from './closing.module.css';
import { DifferenceChip } from './DifferenceChip';
import { differenceOf, type Weighed } from './words';

const columns = ['method', 'due', 'counted', 'difference'] as const;

/** What was counted held against what should be there. */
export function WeighedTable({ weighed, label }: { weighed: Weighed[]; label: string }) {
  const { t } = useTranslation(['closing', 'fee']);
  const head = (column: (typeof columns)[number]) => t(`weighed.${column}`);
  const difference = differenceOf(weighed);
  return (
    <div className={css.body}>
      <CardTable
        label={label}
        heads={columns.map((key) => ({ key, text: head(key), num: key !== 'method' }))}
      >
        {weighed.map(({ method, due, counted }) => (
          <tr role="row" key={method}>
            <Cell>{t(`fee:method.${method}`)}</Cell>
            <Cell num head={head('due')}>
              {formatVnd(due)}
            </Cell>
            <Cell num head={head('counted')}>
              {counted === null ? t('weighed.notYet') : formatVnd(counted)}
            </Cell>
            <Cell num head={head('difference')}>
              {counted !== null && formatVnd(counted - due)}
            </Cell>
          </tr>
        ))}
      </CardTable>
      <p aria-live="polite">
        {difference === null ? (
          <span className="soft">{t('weighed.unknown')}</span>
        ) : (
          <DifferenceChip difference={difference} />
        )}
      </p>
    </div>
  );
}
