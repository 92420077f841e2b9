import { useTranslation } from 'react-i18next';
import type { Procedure } from '@/shared/api/types';
import css from './intake.module.css';
import { noCounts, type Counts } from './state';

const columns = ['originals', 'certified_copies', 'photocopies'] as const;
/** More copies of one paper than this are a slip of the finger. */
const MOST = 99;

/** The papers of a procedure with how many of each were handed in. Number keys write, a tick means one original. */
export function PapersTable(props: {
  /** What the table is called where it is no step of the counter. */
  caption?: string;
  components: Procedure['components'];
  counts: Record<string, Counts>;
  onChange: (id: string, counts: Counts) => void;
}) {
  const { t } = useTranslation('intake');
  return (
    <div className={css.papersBox}>
      <table className={css.papers} role="table">
        <caption className="sr-only">{props.caption ?? t('papers.title')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {t('papers.name')}
            </th>
            {columns.map((c) => (
              <th key={c} role="columnheader" scope="col" className="num">
                {t(`papers.${c}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.components.map((component) => {
            const counts = props.counts[component.id] ?? noCounts;
            const present = counts.originals + counts.certified_copies + counts.photocopies > 0;
            return (
              <tr key={component.id} role="row" data-present={present}>
                <td role="cell">
                  <label className={css.tick}>
                    <input
                      type="checkbox"
                      checked={present}
                      onKeyDown={(e) => {
                        // A digit on the tick is a number of originals.
                        if (/^\d$/.test(e.key))
                          props.onChange(component.id, { ...counts, originals: Number(e.key) });
                      }}
                      onChange={(e) =>
                        props.onChange(
                          component.id,
                          e.currentTarget.checked ? { ...noCounts, originals: 1 } : noCounts,
                        )
                      }
                    />
                    <span>
                      {component.name}
                      {component.required && <span className={css.must}>{t('papers.required')}</span>}
                    </span>
                  </label>
                </td>
                {columns.map((c) => (
                  <td key={c} role="cell" className={css.countCell}>
                    <span className={css.countLabel} aria-hidden="true">
                      {t(`papers.${c}`)}
                    </span>
                    <input
                      className={css.count}
                      type="text"
                      inputMode="numeric"
                      aria-label={t('papers.countOf', { kind: t(`papers.${c}`), name: component.name })}
                      value={counts[c] === 0 ? '' : String(counts[c])}
                      placeholder="0"
                      onFocus={(e) => e.currentTarget.select()}
                      onChange={(e) => {
                        const n = Number.parseInt(e.currentTarget.value.replace(/\D/g, '') || '0', 10);
                        props.onChange(component.id, { ...counts, [c]: Math.min(n, MOST) });
                      }}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
