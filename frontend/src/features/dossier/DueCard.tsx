import { useTranslation } from 'react-i18next';
import { looks, standingOf, type Standing } from '@/features/deadline/standing';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import { serverNow } from '@/shared/api/session';
import type { Dossier } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { capital, formatDateTime, formatTime, formatDate, formatWeekday } from '@/shared/ui/format';
import { Chip, toneStyle } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import css from './dossier.module.css';
import { restartedAt } from './workflow';

/** The promised date: as it stands, as it stood first, and what stopped the clock. */
export function DueCard({ dossier }: { dossier: Dossier }) {
  const { t, i18n } = useTranslation('dossier');
  const limitWords = useLimitWords();
  const word = useWord();
  const due = dossier.due_at;
  const restarted = restartedAt(dossier) === undefined ? null : dossier.clock_started_at;
  const moved = dossier.due_at_original && due && dossier.due_at_original !== due;
  return (
    <Card title={t('time.title')} id="time">
      {due ? (
        <p className={css.due}>
          {formatTime(due)}, {formatWeekday(due, i18n.language)} {formatDate(due)}
        </p>
      ) : (
        <p className={css.dueNone}>{dossier.accepted_at ? t('time.noDue') : t('time.notYet')}</p>
      )}
      {dossier.accepted_at && due && !dossier.completed_at && dossier.timing !== 'paused' && (
        <Elapsed from={restarted ?? dossier.accepted_at} to={due} standing={standingOf(dossier)} />
      )}
      <Facts
        items={[
          [
            t('time.original'),
            moved && dossier.due_at_original ? formatDateTime(dossier.due_at_original) : null,
          ],
          [t('time.limit'), dossier.limit ? limitWords(dossier.limit) : null],
          [t('time.submitted'), dossier.submitted_at && formatDateTime(dossier.submitted_at)],
          [t('time.accepted'), dossier.accepted_at && formatDateTime(dossier.accepted_at)],
          [
            t('time.competent'),
            dossier.competent_received_at && dossier.competent_received_at !== dossier.accepted_at
              ? formatDateTime(dossier.competent_received_at)
              : null,
          ],
          [t('time.restarted'), restarted && formatDateTime(restarted)],
          [
            t('time.handoverDue'),
            dossier.state === 'accepted' && dossier.handover_due_at ? (
              <By at={dossier.handover_due_at} />
            ) : null,
          ],
          [
            t('time.replyDue'),
            !dossier.accepted_at && dossier.intake_reply_due_at && <By at={dossier.intake_reply_due_at} />,
          ],
          [t('time.supplementDue'), dossier.supplement_due_on && formatDate(dossier.supplement_due_on)],
          [t('time.completed'), dossier.completed_at && formatDateTime(dossier.completed_at)],
          [t('time.returned'), dossier.returned_at && formatDateTime(dossier.returned_at)],
          [
            t('time.pauses'),
            dossier.pauses.length > 0 && (
              <ul className="plain">
                {dossier.pauses.map((p) => (
                  <li key={p.from}>
                    {capital(word('dossier:pauseKind', p.kind, t('time.pauses')))}
                    {': '}
                    {p.to
                      ? t('time.pauseSpan', { from: formatDateTime(p.from), to: formatDateTime(p.to) })
                      : t('time.pauseOpen', { from: formatDateTime(p.from) })}
                    {p.reason && <span className="soft"> · {p.reason}</span>}
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
    </Card>
  );
}

/** By when something is to be done; red and with a sign once that has passed. */
function By({ at }: { at: string }) {
  const { t } = useTranslation('dossier');
  if (serverNow().getTime() <= Date.parse(at)) return <>{formatDateTime(at)}</>;
  return <Chip {...looks.late}>{t('time.pastDue', { at: formatDateTime(at) })}</Chip>;
}

/** How much of the promised stretch has gone by; a picture of what the words beside it say. */
function Elapsed({ from, to, standing }: { from: string; to: string; standing: Standing }) {
  const late = standing === 'late';
  const start = Date.parse(from);
  const end = Date.parse(to);
  const share = end > start ? Math.min(1, Math.max(0, (serverNow().getTime() - start) / (end - start))) : 1;
  return (
    <div aria-hidden="true">
      <div className={css.bar} style={toneStyle(looks[standing].tone)}>
        <span style={{ width: `${late ? 100 : Math.round(share * 100)}%` }} />
      </div>
      <div className={css.barEnds}>
        <span>{formatDate(from)}</span>
        <span>{formatDate(to)}</span>
      </div>
    </div>
  );
}
