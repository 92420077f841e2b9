import { useTranslation } from 'react-i18next';
import type { Feedback, FilingReceipt } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip, Notice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { useWord } from '@/shared/i18n/useWord';
import css from './feedback.module.css';

/** Code and secret, told once: they are to be written down or handed over now. */
export function ReceiptNotice({ receipt, own }: { receipt: FilingReceipt; own: boolean }) {
  const { t } = useTranslation('feedback');
  return (
    <Notice tone="good" live title={t(own ? 'receipt.filed' : 'receipt.received')}>
      <p>{t(own ? 'receipt.keep' : 'receipt.hand')}</p>
      <dl>
        <dt>{t('receipt.code')}</dt>
        <dd className={css.secret}>{receipt.code}</dd>
        <dt>{t('receipt.secret')}</dt>
        <dd className={css.secret}>{receipt.secret}</dd>
      </dl>
    </Notice>
  );
}

/** What was done, oldest first. */
export function StepsCard({ steps }: { steps: Feedback['steps'] }) {
  const { t } = useTranslation('feedback');
  const word = useWord();
  return (
    <Card id="steps" title={t('steps.title')}>
      <ol className={css.steps}>
        {steps.map((step) => (
          <li key={`${step.at} ${step.kind}`}>
            <span>
              {word('feedback:steps.kinds', step.kind)}
              {step.note && `: ${step.note}`}
            </span>
            <span className="small soft">
              {formatDateTime(step.at)} · {step.by?.full_name || t('steps.public')}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** What is due, and whether that day has passed. */
export function Due(props: { due?: string | null; overdue: boolean }) {
  const { t } = useTranslation('feedback');
  if (!props.due) return <span className="soft">{t('due.none')}</span>;
  return props.overdue ? (
    <Chip tone="late" icon="late">
      {t('due.overdue', { date: formatDate(props.due) })}
    </Chip>
  ) : (
    <>{formatDate(props.due)}</>
  );
}

/** A time the law gives, with where it stands. */
export function LimitText({ limit }: { limit: NonNullable<Feedback['limit']> }) {
  const { t } = useTranslation('feedback');
  return (
    <>
      {t(limit.unit === 'working_day' ? 'limit.working' : 'limit.calendar', {
        count: limit.amount,
        source: limit.source,
      })}
      {limit.certainty === 'to_check' && ` ${t('limit.toCheck')}`}
    </>
  );
}
