import { useTranslation } from 'react-i18next';
import type { DeadlineAnswer } from '@/shared/api/types';
import { formatDate, formatWeekday } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Disclosure } from '@/shared/ui/Notice';
import css from './deadline.module.css';

/** Day by day: what was counted, what was skipped and why. */
export function WhyThisDate({ explanation }: { explanation: DeadlineAnswer['explanation'] }) {
  const { t, i18n } = useTranslation('dossier');
  let counted = 0;
  return (
    <Disclosure summary={t('why.summary')}>
      <ol className={css.days}>
        {explanation.map((day, i) => {
          if (day.counted) counted += 1;
          return (
            <li key={`${day.date} ${i}`} data-counted={day.counted}>
              <span className={css.mark}>
                <Icon name={day.counted ? 'check' : 'cross'} size={14} />
                <span className="sr-only">{day.counted ? t('why.counted') : t('why.skipped')}</span>
              </span>
              <span className={css.date}>
                {formatDate(day.date)} <span className="soft">{formatWeekday(day.date, i18n.language)}</span>
              </span>
              <span className={css.reason}>{day.text}</span>
            </li>
          );
        })}
      </ol>
      <p className="small soft">{t('why.total', { count: counted })}</p>
    </Disclosure>
  );
}
