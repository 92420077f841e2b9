import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import type { Limit, ProcedureItem } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { Chip } from '@/shared/ui/Notice';
import type { BoardField } from './board';
import css from './board.module.css';

/** One row per procedure, by field; below 46rem each row becomes a card, with its meaning kept by explicit roles. */
export function BoardTable({ fields }: { fields: BoardField[] }) {
  const { t } = useTranslation('upkeep');
  const word = useWord();
  const columns = ['ordinal', 'code', 'name', 'limit', 'fee', 'where'] as const;
  return (
    <table className={css.table} role="table" aria-label={t('board.table')}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col">
              {t(`board.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      {fields.map(({ field, rows }) => (
        <tbody key={field} role="rowgroup">
          <tr role="row" className={css.field}>
            <th role="rowheader" scope="rowgroup" colSpan={columns.length} aria-colspan={columns.length}>
              {field}
            </th>
          </tr>
          {rows.map(({ ordinal, procedure: p }) => (
            <tr key={p.code} role="row">
              <td role="cell" className={css.ordinal}>
                {ordinal}
              </td>
              <td role="cell" className={css.code}>
                {p.code}
              </td>
              <td role="cell" className={css.name}>
                <Link to="/thu-tuc/$code" params={{ code: p.code }}>
                  {p.name}
                </Link>
              </td>
              <td role="cell" className={css.limit}>
                <Limits procedure={p} />
              </td>
              <td role="cell" className={css.fee}>
                <Fees procedure={p} />
              </td>
              <td role="cell" className={css.where}>
                {t('board.centre', { level: word('catalogue:online', p.online_level) })}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** How long it takes; what was not read in the law says so beside it. */
function Limits({ procedure: p }: { procedure: ProcedureItem }) {
  const { t } = useTranslation(['upkeep', 'catalogue']);
  const limitWords = useLimitWords();
  const { direct, online, note } = p.limits;
  const notes = [direct?.note, online?.note, note].filter(Boolean);
  return (
    <>
      <p>
        {limitWords(direct)} <Unsure limit={direct} />
      </p>
      {online && (
        <p>
          {t('board.onlineLimit', { limit: limitWords(online) })} <Unsure limit={online} />
        </p>
      )}
      {p.on_the_spot && <p className="small soft">{t('catalogue:onTheSpot')}</p>}
      {notes.map((text) => (
        <p key={text} className={`${css.note} small soft`}>
          {text}
        </p>
      ))}
    </>
  );
}

/** The fee text with who pays less beside it: an amount alone makes the exempt believe they must pay. */
function Fees({ procedure: p }: { procedure: ProcedureItem }) {
  const { t } = useTranslation('upkeep');
  const word = useWord();
  if (p.fees.length === 0) return t('board.noFee');
  return p.fees.map((fee) => (
    <div key={fee.text}>
      <p>
        {word('catalogue:feeKind', fee.kind)}: {fee.text} <Unsure limit={fee} />
      </p>
      {fee.exemptions.map((who) => (
        <p key={who} className={`${css.note} small soft`}>
          {t('board.exempt', { who })}
        </p>
      ))}
    </div>
  ));
}

function Unsure({ limit }: { limit: Pick<Limit, 'certainty'> | null | undefined }) {
  const word = useWord();
  if (!limit || limit.certainty === 'law' || limit.certainty === 'seen') return null;
  return (
    <span className={css.unsure}>
      <Chip icon="info">{word('catalogue:certainty', limit.certainty)}</Chip>
    </span>
  );
}
