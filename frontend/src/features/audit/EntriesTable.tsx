import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime } from '@/shared/ui/format';
import ui from '@/shared/ui/ui.module.css';
import css from './audit.module.css';
import { factsOf } from './facts';

/** Steps of dossiers have the timeline's words; everything else has its own. */
function useActionWords() {
  const word = useWord();
  return (action: string) =>
    action.startsWith('dossier.')
      ? word('dossier:event', action.slice('dossier.'.length), action)
      : word('audit:action', action.replaceAll('.', '_'), action);
}

export function EntriesTable(props: { entries: AuditEntry[]; onOnly?: (subject: string) => void }) {
  const { t } = useTranslation('audit');
  const word = useWord();
  const actionWords = useActionWords();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
    <div className={ui.tableWrap} role="group" aria-labelledby="entries-title" tabIndex={0}>
      <table className={`${ui.table} ${ui.wide}`}>
        <thead>
          <tr>
            <th scope="col">{t('at')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('of')}</th>
            <th scope="col">{t('hash')}</th>
          </tr>
        </thead>
        <tbody>
          {props.entries.map((entry) => (
            <tr key={entry.seq}>
              <td>
                <time dateTime={entry.at}>{formatDateTime(entry.at)}</time>
                <div className="small soft">#{entry.seq}</div>
              </td>
              <td>{entry.actor?.full_name ?? <span className="soft">{t('system')}</span>}</td>
              <td>
                {actionWords(entry.action)}
                <Details data={entry.data} />
              </td>
              <td>
                {word('audit:kind', entry.subject_kind)}
                {entry.subject_name && `: ${entry.subject_name}`}
                <div className={css.id}>
                  {entry.subject_kind === 'dossier' ? (
                    <Link to="/dossiers/$id" params={{ id: entry.subject_id }}>
                      {factsOf(entry.data).code ?? entry.subject_id}
                    </Link>
                  ) : (
                    entry.subject_id
                  )}
                </div>
                {props.onOnly && (
                  <Button
                    size="compact-md"
                    variant="default"
                    aria-label={t('only', { id: entry.subject_id })}
                    onClick={() => props.onOnly?.(entry.subject_id)}
                  >
                    {t('onlyShort')}
                  </Button>
                )}
              </td>
              <td className={css.id} title={entry.hash}>
                {entry.hash.slice(0, 12)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The role, and from when until when: what a delegation is judged by. */
function Details({ data }: { data: AuditEntry['data'] }) {
  const { t } = useTranslation('audit');
  const word = useWord();
  const { role, from, until } = factsOf(data);
  const told = [
    role && word('account:role', role),
    from && t('from', { at: formatDateTime(from) }),
    until && t('until', { at: formatDateTime(until) }),
  ].filter(Boolean);
  return told.length > 0 ? <div className="small soft">{told.join(', ')}</div> : null;
}
