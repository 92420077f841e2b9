import { useTranslation } from 'react-i18next';
import type { SurveyResults, SurveySlice } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { Empty } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { BarLegend } from './Bars';
import { keyOf, kindOf, said } from './figures';
import css from './result.module.css';
import { ShareTable, type ShareRow } from './ShareTable';
import { useFigures } from './useFigures';

/** How the rows are named. */
export interface SliceNames {
  /** Names of fields by their letters. */
  fields: Map<string, string>;
}

/** The whole and every group of it that the cube has; a ward of which nothing is told is said to be held back. */
export function SlicesCard(
  props: { results: SurveyResults; wards: { id: string; name: string }[] } & SliceNames,
) {
  const { results, fields } = props;
  const { t } = useTranslation('surveyresult');
  const word = useWord();
  const row = (slice: SurveySlice, label: string, vietnamese: boolean): ShareRow => ({
    key: keyOf(slice),
    label,
    vietnamese,
    asked: slice.asked,
    n: slice.n ?? null,
    share: slice.satisfied,
  });
  const of = (kind: ReturnType<typeof kindOf>) => results.slices.filter((s) => kindOf(s) === kind);
  const told = of('authority').map((s) => row(s, s.authority_name ?? '', true));
  const untold = props.wards
    .filter((w) => !results.slices.some((s) => s.authority_id === w.id))
    .map((w): ShareRow => ({ key: w.id, label: w.name, vietnamese: true, n: null }));
  const channels = of('channel').map((s) => row(s, word('surveyresult:channel', s.channel ?? ''), false));
  const byWard = new Map<string, ShareRow[]>();
  for (const slice of of('field')) {
    const name = slice.authority_name ?? '';
    const label = fields.get(slice.field ?? '') ?? slice.field ?? '';
    byWard.set(name, [...(byWard.get(name) ?? []), row(slice, label, true)]);
  }
  return (
    <Card id="groups" title={t('groups.title')}>
      <div className={css.stack}>
        <BarLegend />
        <div className={css.part}>
          <h3 id="by-ward">{t('groups.wards')}</h3>
          <ShareTable
            labelledBy="by-ward"
            head={t('column.ward')}
            asked
            rows={[...of('whole').map((s) => row(s, t('groups.whole'), false)), ...told, ...untold]}
          />
        </div>
        {[...byWard].map(([ward, rows], i) => (
          <div key={ward} className={css.part}>
            <h3 id={`by-field-${i}`}>
              {t('groups.fields')} <span lang="vi">{ward}</span>
            </h3>
            <ShareTable labelledBy={`by-field-${i}`} head={t('column.field')} asked rows={rows} />
          </div>
        ))}
        {channels.length > 0 && (
          <div className={css.part}>
            <h3 id="by-channel">{t('groups.channels')}</h3>
            <ShareTable labelledBy="by-channel" head={t('column.channel')} rows={channels} />
          </div>
        )}
        <p className="small soft">{t('groups.whyHeld', { fewest: results.fewest })}</p>
      </div>
    </Card>
  );
}

/** Factor by factor, where the questionnaire has some. */
export function FactorsCard({ results }: { results: SurveyResults }) {
  const { t, i18n } = useTranslation('surveyresult');
  const { percent } = useFigures();
  const factors = results.questionnaire.factors ?? [];
  if (factors.length === 0) return null;
  const whole = results.slices.find((s) => kindOf(s) === 'whole');
  return (
    <Card id="factors" title={t('factors.title')}>
      <div className={css.stack}>
        <p className="small soft">{t('factors.lead')}</p>
        <ShareTable
          labelledBy="factors-title"
          head={t('column.factor')}
          more={t('column.mean')}
          rows={factors.map((factor) => {
            const result = whole?.factors.find((f) => f.factor === factor.id);
            return {
              key: factor.id,
              label: said(factor.text, i18n.language),
              n: result?.satisfied?.n ?? null,
              share: result?.satisfied,
              more: result?.mean_percent == null ? null : percent(result.mean_percent),
            };
          })}
        />
      </div>
    </Card>
  );
}

/** The share of the whole quarter by quarter, and whether it differs from the one before by more than chance. */
export function CourseCard({ results }: { results: SurveyResults }) {
  const { t } = useTranslation('surveyresult');
  const { quarter } = useFigures();
  const against = (i: number, difference?: string | null) => {
    if (i === 0) return t('course.first');
    return difference === 'higher' || difference === 'lower' ? t(`course.${difference}`) : t('course.unsure');
  };
  return (
    <Card id="course" title={t('course.title')}>
      {results.course.length === 0 ? (
        <Empty icon="chart" title={t('course.none')} />
      ) : (
        <div className={css.stack}>
          <ShareTable
            labelledBy="course-title"
            head={t('column.quarter')}
            more={t('column.against')}
            rows={results.course.map((q, i) => ({
              key: q.quarter,
              label: quarter(q.quarter),
              n: q.satisfied.n,
              share: q.satisfied,
              more: against(i, q.against_before),
            }))}
          />
          <p className="small soft">{t('course.how')}</p>
        </div>
      )}
    </Card>
  );
}
