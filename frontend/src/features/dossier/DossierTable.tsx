import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DossierItem } from '@/shared/api/types';
import { TimingText } from '@/features/deadline/TimingText';
import { serverNow } from '@/shared/api/session';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import css from './table.module.css';
import { StateChip } from './StateChip';

/** One row per dossier; below 46rem each row becomes a card, with the table's meaning kept by explicit roles. */
export function DossierTable({ items, caption }: { items: DossierItem[]; caption: string }) {
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
            <Row key={item.id} item={item} />
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

function Row({ item }: { item: DossierItem }) {
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
        <span className="small soft">{item.authority.name}</span>
      </td>
      <td role="cell" className={css.state}>
        <StateChip dossier={item} />
        <TimingText dossier={item} />
        <AnswerDue item={item} />
        {item.due_at && (
          <span className="small soft">{t('dueOn', { date: formatDateTime(item.due_at) })}</span>
        )}
        {item.handler && (
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
