import type { FeeLine } from '@/shared/api/types';
import css from './catalogue.module.css';
import { Sure } from './Sure';
import { useFeeWords } from './useFeeWords';

/** What is charged, line by line, and who pays less: until when, and what shows it. */
export function FeeLines({ fees }: { fees: FeeLine[] }) {
  const { due, evidence, holds } = useFeeWords();
  return (
    <ul className={`${css.fees} plain`}>
      {fees.map((f) => (
        <li key={f.id}>
          <strong>{f.name}</strong> <Sure certainty={f.certainty} />
          <p>{f.text}</p>
          {f.condition && <p>{f.condition}</p>}
          {due(f) && <p>{due(f)}</p>}
          {f.exemptions.length > 0 && (
            <ul>
              {f.exemptions.map((e) => (
                <li key={e.id}>
                  {e.text}{' '}
                  <span className="small soft">{[e.legal_basis, holds(e)].filter(Boolean).join(' · ')}</span>{' '}
                  <Sure certainty={e.certainty} />
                  {evidence(e) && <p className="small soft">{evidence(e)}</p>}
                </li>
              ))}
            </ul>
          )}
          <p className="small soft">{[holds(f), f.legal_basis].filter(Boolean).join(' · ')}</p>
        </li>
      ))}
    </ul>
  );
}
