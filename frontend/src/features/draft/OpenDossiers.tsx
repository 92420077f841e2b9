import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dossiersQuery } from '@/features/dossier/api';
import { StateChip } from '@/features/dossier/StateChip';
import { formatDate } from '@/shared/ui/format';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import css from './draft.module.css';

/** So many are shown; the list of dossiers has the rest. */
const SHOWN = 100;

/** The open dossiers a change of their procedure touches: none is rewritten, but whoever changes it knows them. */
export function OpenDossiers({ code }: { code: string }) {
  const { t } = useTranslation('draft');
  const found = useQuery(dossiersQuery({ procedure_code: code, open: true, limit: SHOWN }));
  if (found.isPending) return <Loading rows={1} />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const count = found.data.items.length;
  if (count === 0) return <p>{t('open.none')}</p>;
  return (
    <details>
      <summary>{t(found.data.next ? 'open.many' : 'open.some', { count })}</summary>
      <ul className={css.openDossiers} aria-label={t('open.list')}>
        {found.data.items.map((d) => (
          <li key={d.id}>
            <Link to="/dossiers/$id" params={{ id: d.id }}>
              {d.code ?? d.submission_number}
            </Link>
            <StateChip dossier={d} />
            <span className="small soft">
              {d.authority.name}
              {d.due_at && `, ${t('open.due', { date: formatDate(d.due_at) })}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
