import { useTranslation } from 'react-i18next';
import type { AssessedLine, Assessment } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatVnd } from '@/shared/ui/format';
import { Facts } from '@/shared/ui/Page';
import css from './fee.module.css';

/** Each line with its text, never the amount alone: who is exempt would think he must pay. */
export function AssessedLines({ lines }: { lines: AssessedLine[] }) {
  const { t } = useTranslation('fee');
  const word = useWord();
  if (lines.length === 0) return <p className="soft">{t('none')}</p>;
  return (
    <ul className={css.lines}>
      {lines.map((line) => (
        <li key={line.line_id} className={css.line}>
          <div>
            <strong>{line.name}</strong>{' '}
            <span className="small soft">
              {[word('fee:kind', line.kind), word('fee:due', line.due)].join(' · ')}
            </span>
          </div>
          <span className={css.amount}>{line.net_vnd == null ? t('unknown') : formatVnd(line.net_vnd)}</span>
          <div className={css.rest}>
            <p>{line.text}</p>
            <ol className={`${css.steps} small`}>
              {line.explanation.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            {line.waiver && <p className="small soft">{t('evidence', { evidence: line.waiver.evidence })}</p>}
            {line.legal_basis && <p className="small soft">{line.legal_basis}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

type Sums = Pick<
  Assessment,
  'gross_vnd' | 'waived_vnd' | 'net_vnd' | 'phi_vnd' | 'le_phi_vnd' | 'net_in_words'
>;

/** The sums, phí and lệ phí apart, and in words as a receipt has them. */
export function Totals({ assessment, owed }: { assessment: Sums; owed?: number }) {
  const { t } = useTranslation('fee');
  const { net_vnd, waived_vnd, phi_vnd, le_phi_vnd, net_in_words } = assessment;
  return (
    <Facts
      items={[
        [t('phi'), phi_vnd > 0 && formatVnd(phi_vnd)],
        [t('lePhi'), le_phi_vnd > 0 && formatVnd(le_phi_vnd)],
        [t('waived'), waived_vnd > 0 && formatVnd(waived_vnd)],
        [
          t('net'),
          <div key="net">
            <p className={css.total}>{formatVnd(net_vnd)}</p>
            <p className="small soft">{t('inWords', { words: net_in_words })}</p>
          </div>,
        ],
        [t('owed'), owed !== undefined && <strong key="owed">{formatVnd(owed)}</strong>],
      ]}
    />
  );
}
