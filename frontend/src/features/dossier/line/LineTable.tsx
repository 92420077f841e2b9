import { useTranslation } from 'react-i18next';
import { useWord } from '@/shared/i18n/useWord';
import { capital, formatDate } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import ui from '@/shared/ui/ui.module.css';
import { useTimelineWords } from '../TimelineCard';
import { LateStep } from '../WorkflowCard';
import { restsOf, type Scale } from './layout';
import type { Story } from './story';
import { instantWords } from './useMarkWords';

/** Steps that are dates of the line as well; told once. */
const alsoSteps = ['submitted', 'accepted', 'completed', 'returned'];

/** Inside a sentence, time and date stay on one line. */
const oneLine = (at: number) => instantWords(at).replace(' ', '\u00a0');

/** As many rests are told one by one; more are only counted. */
const MOST_RESTS = 6;

interface Row {
  key: string;
  at: number;
  when: string;
  what: string;
  late?: 'date' | 'step';
}

/** What the drawing says, in the order of time. */
export function LineTable(props: {
  story: Story;
  scale: Scale;
  /** Whether the calendar knows all of its days. */
  known: boolean;
}) {
  const { story, scale } = props;
  const { t } = useTranslation('dossier');
  const stepWords = useTimelineWords();
  const word = useWord();
  const told = new Set(story.steps.map((s) => s.kind));
  const rows: Row[] = [
    ...story.marks
      .filter((m) => !alsoSteps.includes(m.kind) || !told.has(m.kind))
      .map((m) => ({
        key: m.kind,
        at: m.at,
        when: instantWords(m.at, m.wholeDay),
        what: t(`line.marks.${m.kind}`),
        late: m.tone === 'late' ? ('date' as const) : undefined,
      })),
    // What begins a step of the internal workflow is told with that step.
    ...story.steps
      .filter((s) => s.kind !== 'step_begun' || story.runs.length === 0)
      .map((s) => ({
        key: s.id,
        at: Date.parse(s.at),
        when: instantWords(Date.parse(s.at)),
        what: stepWords(s),
      })),
    ...story.runs.map((r) => ({
      key: `run ${r.from}`,
      at: r.from,
      when: instantWords(r.from),
      what: t(r.open ? (r.paused ? 'line.runPaused' : 'line.runOpen') : 'line.runEnded', {
        number: r.number,
        name: r.name,
        desk: word('dossier:desk', r.desk),
        due: oneLine(r.due),
        to: oneLine(r.to),
      }),
      late: r.late ? ('step' as const) : undefined,
    })),
    ...story.pauses.flatMap((p) => {
      const kind = word('dossier:pauseKind', p.kind, t('time.pauses'));
      const begins = {
        key: `pause ${p.from}`,
        at: p.from,
        when: instantWords(p.from),
        what: t(p.open ? 'line.pauseOpen' : 'line.pauseBegins', { kind }),
      };
      const ends = {
        key: `pause ends ${p.to}`,
        at: p.to,
        when: instantWords(p.to),
        what: t('line.pauseEnds', { kind }),
      };
      return p.open ? [begins] : [begins, ends];
    }),
  ].sort((a, b) => a.at - b.at);
  const rests = restsOf(scale.bands);
  const resting = scale.bands.filter((b) => b.rest).length;
  const span = ([from, to]: [string, string]) =>
    from === to ? formatDate(from) : t('line.restSpan', { from: formatDate(from), to: formatDate(to) });
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
      <div className={ui.tableWrap} role="group" aria-label={t('line.table')} tabIndex={0}>
        <table className={ui.table}>
          <thead>
            <tr>
              <th scope="col">{t('line.when')}</th>
              <th scope="col">{t('line.what')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td>{row.when}</td>
                <td>
                  {capital(row.what)} {row.late === 'step' && <LateStep />}
                  {row.late === 'date' && (
                    <Chip tone="late" icon="late">
                      {t('line.lateMark')}
                    </Chip>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {props.known && (
        <p className="small soft">
          {t('line.dayCount', { work: scale.bands.length - resting, rest: resting })}{' '}
          {rests.length > 0 &&
            rests.length <= MOST_RESTS &&
            t('line.restDays', { days: rests.map(span).join(', ') })}
        </p>
      )}
    </>
  );
}
