import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TillLine } from '@/shared/api/types';
import { formatTime, formatVnd, groupVnd } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { CardTable, Cell } from './CardTable';
import css from './closing.module.css';

const columns = ['at', 'dossier', 'receipts', 'how', 'phi', 'lePhi'] as const;
const figures: (typeof columns)[number][] = ['phi', 'lePhi'];

/** The collections of a till one by one, and those that were taken back. */
export function LinesTable({ lines, count, label }: { lines: TillLine[]; count: number; label: string }) {
  const { t } = useTranslation('closing');
  return (
    <>
      <CardTable
        label={label}
        heads={columns.map((key) => ({ key, text: t(`line.${key}`), num: figures.includes(key) }))}
      >
        {lines.map((line) => (
          <Row key={line.seq} line={line} />
        ))}
      </CardTable>
      {count > lines.length && (
        <p className="small soft">
          {t('line.more', { shown: groupVnd(lines.length), all: groupVnd(count) })}
        </p>
      )}
    </>
  );
}

function Row({ line }: { line: TillLine }) {
  const { t } = useTranslation(['closing', 'fee', 'payment']);
  return (
    <tr role="row">
      <Cell>
        <time dateTime={line.at}>{formatTime(line.at)}</time>
      </Cell>
      <Cell>
        <Link to="/dossiers/$id" params={{ id: line.dossier_id }} className="code">
          {line.dossier_code ?? t('payment:noCode')}
        </Link>
      </Cell>
      <Cell head={t('line.receipts')}>
        {line.receipts.length > 0 && (
          <ul className={`plain ${css.receipts}`}>
            {line.receipts.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )}
      </Cell>
      <Cell className={css.how}>
        {line.taken_back && (
          <>
            <Chip tone="soon" icon="cross">
              {t('line.takenBack')}
            </Chip>{' '}
          </>
        )}
        {t(`fee:method.${line.method}`)}
        {line.reference && <div className="small soft">{line.reference}</div>}
      </Cell>
      <Cell num head={t('line.phi')}>
        {line.phi_vnd !== 0 && formatVnd(line.phi_vnd)}
      </Cell>
      <Cell num head={t('line.lePhi')}>
        {line.le_phi_vnd !== 0 && formatVnd(line.le_phi_vnd)}
      </Cell>
    </tr>
  );
}
