import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeeWords } from '@/features/catalogue/useFeeWords';
import { deadlineQuery } from '@/features/deadline/api';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import { WhyThisDate } from '@/features/deadline/WhyThisDate';
import { serverNow } from '@/shared/api/session';
import type { Channel, Limit, Procedure } from '@/shared/api/types';
import { formatDate, formatTime, formatWeekday, toVietnamInstant } from '@/shared/ui/format';
import { Disclosure, Loading, ProblemNotice } from '@/shared/ui/Notice';
import css from './intake.module.css';

/** The present minute; the promised date of some limits hangs on the hour of receipt. */
function useMinute(): string {
  const minute = () => toVietnamInstant(new Date(Math.floor(serverNow().getTime() / 60_000) * 60_000));
  const [now, setNow] = useState(minute);
  useEffect(() => {
    const timer = setInterval(() => setNow(minute()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** What the citizen will be told: when to come back, why then, and what it costs. */
export function PromisePanel({ procedure, channel }: { procedure: Procedure | undefined; channel: Channel }) {
  const { t } = useTranslation('intake');
  const { due, evidence, holds } = useFeeWords();
  if (!procedure) return <p className="soft">{t('promise.none')}</p>;
  // Nothing is filed online here; a line for the post is told only where the dossier came by it.
  const fees = procedure.fees.filter(
    (f) => f.channel !== 'online' && (f.channel !== 'postal' || channel === 'post'),
  );
  const small = (...told: (string | null | undefined)[]) => {
    const text = told.filter(Boolean).join(' · ');
    return text && <span className="small soft">({text})</span>;
  };
  const limit = procedure.limits.direct;
  return (
    <div className={css.promise}>
      {limit && !procedure.flags.no_due_date ? (
        <Promised limit={limit} />
      ) : (
        <p className={css.noDate}>{t('promise.noDate')}</p>
      )}
      <div>
        <h3>{t('promise.fees')}</h3>
        {fees.length === 0 ? (
          <p className="soft">{t('promise.noFees')}</p>
        ) : (
          <ul className={css.fees}>
            {fees.map((f) => (
              <li key={f.id}>
                <strong>{f.name}</strong> {f.text}
                {f.condition && <p>{f.condition}</p>}
                {due(f) && <p>{due(f)}</p>} {small(f.legal_basis, holds(f))}
                {f.exemptions.length > 0 && (
                  <Disclosure summary={t('promise.exemptions', { count: f.exemptions.length })}>
                    <ul>
                      {f.exemptions.map((e) => (
                        <li key={e.id}>
                          {e.text} {small(e.legal_basis, holds(e))}
                          {evidence(e) && <p className="small soft">{evidence(e)}</p>}
                        </li>
                      ))}
                    </ul>
                  </Disclosure>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Promised({ limit }: { limit: Limit }) {
  const { t, i18n } = useTranslation('intake');
  const limitWords = useLimitWords();
  const now = useMinute();
  const answer = useQuery(deadlineQuery(now, limit));
  const kept = useKept(answer.data);
  if (!kept) return answer.isError ? <ProblemNotice error={answer.error} /> : <Loading rows={2} />;
  return (
    <div>
      <p className={css.due} aria-live="polite">
        <span className={css.dueTime}>{formatTime(kept.due_at)}</span>
        <span>
          {formatWeekday(kept.due_at, i18n.language)}, {formatDate(kept.due_at)}
        </span>
      </p>
      <p className="soft">{t('promise.limit', { limit: limitWords(limit) })}</p>
      {limit.note && <p className="small soft">{limit.note}</p>}
      {limit.certainty === 'to_check' && <p className="small soft">{t('promise.toCheck')}</p>}
      <WhyThisDate explanation={kept.explanation} />
    </div>
  );
}

/** The last answer stays while the next minute's is on its way. */
function useKept<T>(value: T | undefined): T | undefined {
  const [kept, setKept] = useState(value);
  useEffect(() => {
    if (value) setKept(value);
  }, [value]);
  return value ?? kept;
}
