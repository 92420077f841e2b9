import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Concern, DossierItem } from '@/shared/api/types';
import { TimingText } from '@/features/deadline/TimingText';
import { serverNow } from '@/shared/api/session';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import css from './table.module.css';
import { StateChip } from './StateChip';

/** One row per dossier; below 46rem each row becomes a card, with the table's meaning kept by explicit roles. */
export function DossierTable({
  items,
  caption,
  concern,
}: {
  items: DossierItem[];
  caption: string;
  /** The list of what is watched that these stand in. */
  concern?: Concern;
}) {
  const { t } = useTranslation('dossier');
  return (
    <div className={css.frame}>
      <table className={css.table} role="table">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {t('column.code')}
            </th>
            <th role="columnheader" scope="col">
              {t('column.what')}
            </th>
            <th role="columnheader" scope="col">
              {t('column.state')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((item) => (
            <Row key={item.id} item={item} concern={concern} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Eight working hours to answer what was submitted; past them it is late, though no promise was made yet. */
function AnswerDue({ item }: { item: DossierItem }) {
  const { t } = useTranslation('dossier');
  const due = item.intake_reply_due_at;
  if (item.state !== 'submitted' || !due) return null;
  const late = serverNow() > new Date(due);
  return (
    <Chip tone={late ? 'late' : 'soon'} icon={late ? 'late' : 'clock'}>
      {t(late ? 'replyLate' : 'replyBy', { date: formatDateTime(due) })}
    </Chip>
  );
}

/** Who answers for what ran over without an apology, and since when it did. */
function AnswersForIt({ item }: { item: DossierItem }) {
  const { t } = useTranslation('dossier');
  return (
    <div className={css.answers}>
      {item.due_at && <strong>{t('answers.ranOver', { at: formatDateTime(item.due_at) })}</strong>}
      <span>
        {item.handler
          ? t('answers.handler', { name: item.handler.full_name })
          : t('answers.nobody', { desk: t(`desk.${item.desk}`) })}
      </span>
      <span>{t('answers.ward', { name: item.authority.name })}</span>
    </div>
  );
}

function Row({ item, concern }: { item: DossierItem; concern?: Concern }) {
  const { t } = useTranslation('dossier');
  return (
    <tr role="row" data-late={item.timing === 'overdue' || undefined}>
      <td role="cell" className={css.code}>
        <Link to="/dossiers/$id" params={{ id: item.id }} className="code">
          {item.code ?? item.submission_number ?? t('noCode')}
        </Link>
        {(item.accepted_at ?? item.submitted_at) && (
          <span className="small soft">
            {t('receivedOn', { date: formatDate(item.accepted_at ?? item.submitted_at ?? '') })}
          </span>
        )}
      </td>
      <td role="cell">
        <span className={css.owner}>{item.owner.full_name}</span>
        <span className={css.procedure}>{item.procedure.name}</span>
        {concern === 'apology_missing' ? (
          <AnswersForIt item={item} />
        ) : (
          <span className="small soft">{item.authority.name}</span>
        )}
      </td>
      <td role="cell" className={css.state}>
        <StateChip dossier={item} />
        <TimingText dossier={item} />
        <AnswerDue item={item} />
        {item.due_at && (
          <span className="small soft">{t('dueOn', { date: formatDateTime(item.due_at) })}</span>
        )}
        {concern === 'step_late' && (
          <span className="small soft">{t('page.at', { desk: t(`desk.${item.desk}`) })}</span>
        )}
        {item.handler && concern !== 'apology_missing' && (
          <span className="small soft">
            {item.claimed_until
              ? t('claimedUntil', { name: item.handler.full_name, at: formatDateTime(item.claimed_until) })
              : item.handler.full_name}
          </span>
        )}
      </td>
    </tr>
  );
}
