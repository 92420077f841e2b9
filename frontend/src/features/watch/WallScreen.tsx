import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { concernGroups, toneOf } from '@/features/deadline/concerns';
import type { Board, Concern } from '@/shared/api/types';
import { formatDate, formatTime, formatWeekday } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { useBoard } from './api';
import { countsOf, isOld, rowsOf, shortName, wallPage, type Counts } from './board';
import { leaveFullscreen } from './fullscreen';
import { useNow } from './useNow';
import css from './wall.module.css';

/** What a ward's line on the wall says. */
const WARD_LISTS: Concern[] = ['overdue', 'apology_due', 'due_today'];

/**
 * The numbers on the wall of the office: large, without a name of anybody, refreshed by themselves, left with Esc.
 * Citizens may walk by: nothing of a person is asked for.
 */
export function WallScreen({ onLeave }: { onLeave: () => void }) {
  const { t, i18n } = useTranslation(['watch', 'common']);
  const board = useBoard();
  const now = useNow(1_000);
  const iso = new Date(now).toISOString();
  useAwake();

  useEffect(() => {
    document.title = t('common:documentTitle', { page: t('title') });
  }, [t]);
  // Esc ends the whole screen before a page hears of the key: either way one is back at the board.
  useEffect(() => {
    let whole = document.fullscreenElement !== null;
    const leave = () => {
      leaveFullscreen();
      onLeave();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave();
    };
    const onChange = () => {
      if (document.fullscreenElement) whole = true;
      else if (whole) onLeave();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('fullscreenchange', onChange);
    };
  }, [onLeave]);

  return (
    <div className={css.wall}>
      <header className={css.head}>
        <h1>{t('title')}</h1>
        <p className={css.clock}>
          <span className={css.day}>
            {formatWeekday(iso, i18n.language)} {formatDate(iso)}
          </span>
          <time dateTime={iso}>{formatTime(iso)}</time>
        </p>
      </header>
      {board.data && <Numbers board={board.data} now={now} />}
      {!board.data && (
        <div className={css.paper}>
          {board.isError ? (
            <ProblemNotice error={board.error} onRetry={() => void board.refetch()} />
          ) : (
            <Loading rows={8} />
          )}
        </div>
      )}
      <footer className={css.foot}>
        {board.data && <Freshness board={board.data} failed={board.isError} now={now} />}
        <button
          type="button"
          className={css.leave}
          onClick={() => {
            leaveFullscreen();
            onLeave();
          }}
        >
          {t('wall.leave')}
        </button>
      </footer>
    </div>
  );
}

function Freshness({ board, failed, now }: { board: Board; failed: boolean; now: number }) {
  const { t } = useTranslation('watch');
  const at = formatTime(board.at);
  if (!isOld(board, failed, now)) return <p>{t('wall.counted', { at })}</p>;
  return (
    <p role="status" className={css.old}>
      <Icon name="offline" size={28} />
      {t('wall.stale', { at })}
    </p>
  );
}

function Numbers({ board, now }: { board: Board; now: number }) {
  const { t } = useTranslation(['watch', 'dossier']);
  const counts = countsOf(board.total);
  const wards = wallPage(
    rowsOf(board.authorities, (part) => part.name ?? t('nobody')),
    now,
  );
  return (
    <div className={css.body}>
      <div className={css.groups}>
        {concernGroups.map((group) => (
          <section key={group.key} aria-labelledby={`wall-${group.key}`} className={css.group}>
            <h2 id={`wall-${group.key}`}>{t(`group.${group.key}`)}</h2>
            <ul className="plain">
              {group.concerns.map((concern) => (
                <Line key={concern} concern={concern} counts={counts} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {wards.rows.length > 0 && (
        <section aria-labelledby="wall-wards" className={css.wards}>
          <table>
            <thead>
              <tr>
                <th scope="col" id="wall-wards">
                  {t('wall.wards')}
                  {wards.pages > 1 && ` · ${t('wall.page', { page: wards.page, pages: wards.pages })}`}
                </th>
                {WARD_LISTS.map((concern) => (
                  <th key={concern} scope="col">
                    {t(`dossier:concern.${concern}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {wards.rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">
                    <span lang="vi">{shortName(row.name)}</span>
                  </th>
                  {WARD_LISTS.map((concern) => (
                    <td key={concern}>
                      <Value concern={concern} count={row.counts[concern] ?? 0} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function Line({ concern, counts }: { concern: Concern; counts: Counts }) {
  const { t } = useTranslation('dossier');
  const count = counts[concern] ?? 0;
  return (
    <li className={css.line} data-tone={count > 0 ? toneOf(concern) : undefined}>
      <span>{t(`concern.${concern}`)}</span>
      <Value concern={concern} count={count} />
    </li>
  );
}

/** The number; what is late has its sign beside it, for whoever does not see red. */
function Value({ concern, count }: { concern: Concern; count: number }) {
  const late = count > 0 && toneOf(concern) === 'late';
  return (
    <strong className={css.value} data-tone={count > 0 ? toneOf(concern) : undefined}>
      {late && <Icon name="late" size={34} />}
      {count}
    </strong>
  );
}

/** Keeps the screen from going dark, where the browser can. */
function useAwake() {
  useEffect(() => {
    const lock = (navigator as Partial<Navigator>).wakeLock?.request('screen').catch(() => null);
    return () => void lock?.then((held) => held?.release());
  }, []);
}
