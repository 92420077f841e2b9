import { useTranslation } from 'react-i18next';
import type { IndexSnapshot, IndexUnitEntry } from '@/shared/api/types';
import { Empty } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import css from './indices.module.css';
import { nameOf } from './words';

type Part = IndexUnitEntry['feedback_on_time'];

/** What the program does not know and people entered, with on what it rests. */
export function EnteredCard({ whole }: { whole: IndexSnapshot }) {
  const { t } = useTranslation('indices');
  const units = whole.entered_units;
  const unitOf = (id?: string | null) => whole.units.find((u) => (u.authority?.id ?? null) === (id ?? null));
  return (
    <Card id="entered" title={t('entered.title')}>
      {units.length === 0 && whole.entered_officers.length === 0 && (
        <Empty icon="edit" title={t('entered.empty')} />
      )}
      <div className={css.body}>
        {units.map((entry) => {
          const unit = unitOf(entry.authority_id);
          return (
            <section key={entry.authority_id ?? 'centre'}>
              <h3>{unit ? nameOf(unit, whole) : whole.centre}</h3>
              <Entry entry={entry} />
            </section>
          );
        })}
        {whole.entered_officers.length > 0 && (
          <p className="soft">{t('entered.officers', { count: whole.entered_officers.length })}</p>
        )}
      </div>
    </Card>
  );
}

function Entry({ entry }: { entry: IndexUnitEntry }) {
  const { t } = useTranslation('indices');
  const part = (p: Part) => p && t('service.part', p);
  const said = (yes?: boolean | null) =>
    yes === null || yes === undefined ? undefined : t(yes ? 'form.yes' : 'form.no');
  return (
    <Facts
      items={[
        [t('form.received'), part(entry.received_at_centre)],
        [t('form.decided'), part(entry.decided_at_centre)],
        [t('form.posted'), said(entry.posted)],
        [t('form.published'), said(entry.published)],
        [t('form.feedback'), part(entry.feedback_on_time)],
        [t('form.prolonged'), said(entry.feedback_prolonged)],
        [
          t('form.upheld'),
          entry.upheld_dossiers &&
            (entry.upheld_dossiers.length > 0 ? entry.upheld_dossiers.join(', ') : t('entered.noneUpheld')),
        ],
        [t('form.bodies'), entry.bodies && t('entered.sum', entry.bodies)],
        [t('form.answers'), entry.answers?.join(' / ')],
        [t('form.reason'), entry.reason],
      ]}
    />
  );
}
