import { useTranslation } from 'react-i18next';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import type { LimitUnit } from '@/shared/api/types';
import css from './draft.module.css';
import { inOrder, unitOf } from './order';
import type { Change, ProcedureData } from './types';
import { useMemberWords } from './useMemberWords';
import { ValueText } from './ValueText';

/** Every difference, before and after side by side. `document`: the later of the two, which knows the names. */
export function ChangeList({ changes, document }: { changes: Change[]; document: ProcedureData }) {
  const { t } = useTranslation('draft');
  const words = useMemberWords();
  return (
    <>
      <p className="small soft">{t('changes.count', { count: changes.length })}</p>
      <ul className={`${css.changes} plain`}>
        {inOrder(changes).map((change) => (
          <li key={change.path}>
            <p className={css.changed}>{words(change.path, document, change.after ?? change.before)}</p>
            <dl className={css.sides}>
              {(['before', 'after'] as const).map((side) => (
                <div key={side} data-side={side}>
                  <dt>{t(`changes.${side}`)}</dt>
                  <dd>
                    <Side change={change} side={side} changes={changes} document={document} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A limit's amount is read with its unit; everything else as it is. */
function Side(props: {
  change: Change;
  side: 'before' | 'after';
  changes: Change[];
  document: ProcedureData;
}) {
  const limitWords = useLimitWords();
  const { change, side, changes, document } = props;
  const value = change[side];
  const unit = unitOf(change.path, changes, document);
  if (unit !== null && typeof value === 'number')
    return limitWords({ amount: value, unit: unit as LimitUnit });
  return <ValueText path={change.path} value={value} document={document} />;
}
