import { useTranslation } from 'react-i18next';
import type { SurveyResults } from '@/shared/api/types';
import { Notice } from '@/shared/ui/Notice';
import { kindOf } from './figures';
import css from './result.module.css';
import { useFigures } from './useFigures';

/** All answers of the quarter in plain words, how far they can be trusted, and what is not shown of them. */
export function Summary({ results }: { results: SurveyResults }) {
  const { t } = useTranslation('surveyresult');
  const { count, percent } = useFigures();
  const whole = results.slices.find((s) => kindOf(s) === 'whole');
  const { n, asked, satisfied, response_percent: response } = whole ?? {};
  // Who answers unasked, as at a kiosk, is no part of those who were asked.
  const channels = results.slices.filter((s) => kindOf(s) === 'channel');
  const unasked = channels.length > 0 && channels.every((s) => s.channel === 'kiosk');
  const rated = n != null && asked != null && asked >= n && response != null && !unasked;
  return (
    <div className={css.stack}>
      {n == null && (
        <p className={css.lead}>
          {t('summary.none')} {asked != null && asked > 0 && t('summary.asked', { asked: count(asked) })}
        </p>
      )}
      {n != null && (
        <p className={css.lead}>
          {rated
            ? t('summary.answered', { n: count(n), asked: count(asked), percent: percent(response) })
            : t('summary.answeredOnly', { n: count(n) })}{' '}
          {satisfied ? (
            <strong>
              {t('summary.satisfied', {
                percent: percent(satisfied.percent),
                low: percent(satisfied.low),
                high: percent(satisfied.high),
              })}
            </strong>
          ) : (
            t('summary.noOverall')
          )}
        </p>
      )}
      {n != null && n < FEW && <Notice tone="soon" title={t('summary.few')} />}
      {(results.waiting > 0 || results.few_wait) && (
        <Notice
          title={results.few_wait ? t('summary.fewWait') : t('summary.waiting', { count: results.waiting })}
        >
          <p>{t('summary.whyWaiting', { fewest: results.fewest })}</p>
        </Notice>
      )}
      <p className="small soft">
        {t('summary.source', { source: results.source })} {t('summary.wilson')}
      </p>
    </div>
  );
}

/** Fewer answers than this say little, whatever the share: the interval is then wider than twenty points. */
const FEW = 30;
