import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurveyShare } from '@/shared/api/types';
import css from './bars.module.css';

/** A share with how sure it is: a bar, and a whisker over the interval. Its figures stand beside it. */
export function IntervalBar({ share }: { share: SurveyShare }) {
  const where = { '--at': `${share.percent}%`, '--low': `${share.low}%`, '--high': `${share.high}%` };
  return (
    <div className={css.track} style={where as CSSProperties} aria-hidden="true">
      {share.percent > 0 && <div className={css.fill} />}
      <div className={css.whisker} />
    </div>
  );
}

/** A part of a whole. */
export function PartBar({ percent }: { percent: number }) {
  return (
    <div className={css.track} style={{ '--at': `${percent}%` } as CSSProperties} aria-hidden="true">
      {percent > 0 && <div className={css.fill} />}
    </div>
  );
}

/** How the bars are read. */
export function BarLegend() {
  const { t } = useTranslation('surveyresult');
  return (
    <p className={`small soft ${css.legend}`}>
      <span className={css.legendFill} aria-hidden="true" />
      {t('legend.share')}
      <span className={css.legendWhisker} aria-hidden="true" />
      {t('legend.interval')}
    </p>
  );
}
