import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { toneStyle } from '@/shared/ui/Notice';
import { dotsOf, labelWidth, labelsOf, ticksOf, type Scale } from './layout';
import type { MarkKind, Story, StoryMark, StoryRun } from './story';
import { useMarkWords } from './useMarkWords';
import css from './line.module.css';

const LANE = 24;
const SHIFTS_Y = 10;
const TRACK_Y = 24;
const TRACK_HEIGHT = 16;
const STEPS_Y = 56;
const BANDS_HEIGHT = 70;
/** The strip of the internal workflow, where there is one. */
const STRIP_Y = 72;
const STRIP_HEIGHT = 18;
const STRIP_ROOM = 28;
const TICKS_Y = 86;
const FOOT = 92;
/** The sign before the words of what is late. */
const SIGN = 16;

/** The line itself. Its words are in the table beside it, so it is one picture to a screen reader. */
export function LineDrawing({ story, scale, label }: { story: Story; scale: Scale; label: string }) {
  const words = useMarkWords(story);
  const hatch = useId();
  const byId = new Map(story.marks.map((m) => [m.kind as string, m]));
  const labels = labelsOf(
    story.marks.map((m) => ({
      id: m.kind,
      at: m.at,
      label: words(m),
      extra: m.tone === 'late' ? SIGN : 0,
    })),
    scale,
  );
  const top = LANE * (Math.max(-1, ...labels.map((l) => l.lane)) + 1) + 7;
  const y = (lane: number) => top - 6 - LANE * (lane + 1);
  const strip = story.runs.length > 0 ? STRIP_ROOM : 0;
  const height = top + FOOT + strip;
  const rect = (from: number, to: number) => ({
    x: scale.x(from),
    width: Math.max(1, scale.x(to) - scale.x(from)),
  });
  const dots = dotsOf(
    story.steps.map((s) => Date.parse(s.at)),
    scale,
  );
  return (
    <svg
      role="img"
      aria-label={label}
      className={css.line}
      width={scale.width}
      height={height}
      viewBox={`0 0 ${scale.width} ${height}`}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className={css.hatchGround} />
          <rect width="2" height="6" className={css.hatchLine} />
        </pattern>
      </defs>
      <g transform={`translate(0 ${top})`}>
        {scale.bands.map((band) => (
          <rect
            key={band.date}
            className={band.rest ? css.rest : css.work}
            x={band.x}
            y={0}
            width={band.width}
            height={BANDS_HEIGHT + strip}
          />
        ))}
        {scale.bars.map((bar) => (
          <rect
            key={bar.x}
            className={bar.counts ? css.shift : css.service}
            x={bar.x}
            y={SHIFTS_Y - 4}
            width={bar.width}
            height={7}
            rx={2}
          />
        ))}
        <line
          className={css.base}
          x1={scale.x(story.from)}
          x2={scale.x(story.to)}
          y1={TRACK_Y + TRACK_HEIGHT / 2}
          y2={TRACK_Y + TRACK_HEIGHT / 2}
        />
        {story.parts.map((part) => (
          <rect
            key={part.kind}
            className={css[part.kind]}
            {...rect(part.from, part.to)}
            y={TRACK_Y}
            height={TRACK_HEIGHT}
            rx={3}
          />
        ))}
        {story.parts
          .filter((part) => part.kind === 'late' && rect(part.from, part.to).width > 2 * SIGN)
          .map((part) => (
            <path
              key={part.kind}
              className={css.check}
              d={`M${rect(part.from, part.to).x + rect(part.from, part.to).width / 2} ${TRACK_Y + 3}l6 10h-12zm0 4v2.5m0 1.8v.1`}
            />
          ))}
        {story.pauses.map((pause) => (
          <rect
            key={pause.from}
            className={css.pause}
            fill={`url(#${hatch})`}
            {...rect(pause.from, pause.to)}
            y={TRACK_Y}
            height={TRACK_HEIGHT}
            rx={3}
          />
        ))}
        {dots.map((dot) => (
          <Step key={dot.x} {...dot} />
        ))}
        {story.runs.map((run) => (
          <Run key={run.from} run={run} rect={rect} />
        ))}
        {ticksOf(scale).map((tick) => (
          <text key={tick.date} className={css.tick} x={tick.x} y={TICKS_Y + strip} textAnchor="middle">
            {scale.detail === 'months'
              ? `${tick.date.slice(5, 7)}/${tick.date.slice(0, 4)}`
              : `${tick.date.slice(8)}/${tick.date.slice(5, 7)}`}
          </text>
        ))}
      </g>
      {labels.map((l) => {
        const mark = byId.get(l.id);
        const now = l.id === 'now';
        return (
          <line
            key={l.id}
            className={now ? css.now : css.leader}
            style={toneStyle(mark?.tone ?? 'plain')}
            x1={l.at}
            x2={l.at}
            y1={y(l.lane) + LANE / 2}
            y2={top + (now ? BANDS_HEIGHT + strip : TRACK_Y)}
          />
        );
      })}
      {story.marks.map((mark) => (
        <Shape key={mark.kind} mark={mark} x={scale.x(mark.at)} y={top + TRACK_Y + TRACK_HEIGHT / 2} />
      ))}
      {labels.map((l) => {
        const late = byId.get(l.id)?.tone === 'late';
        return (
          <g
            key={l.id}
            transform={`translate(${l.x} ${y(l.lane)})`}
            style={toneStyle(byId.get(l.id)?.tone ?? 'plain')}
          >
            <rect className={css.label} width={l.width} height={LANE - 4} rx={4} />
            {late && <path className={css.sign} d="M11 4.5 16 14.5H6zM11 8.5v2.6M11 12.8v.1" />}
            <text className={css.words} x={l.width / 2 + (late ? SIGN / 2 : 0)} y={14.5} textAnchor="middle">
              {l.text}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** A stretch of the internal workflow, with its number and, where there is room, its name. */
function Run({
  run,
  rect,
}: {
  run: StoryRun;
  rect: (from: number, to: number) => { x: number; width: number };
}) {
  const whole = rect(run.from, run.left?.to ?? run.to);
  const over = run.over && rect(run.over.from, run.over.to);
  const number = String(run.number);
  const full = `${number}. ${run.name}`;
  const room = whole.width - (over && over.width > SIGN ? over.width : 0);
  const said = labelWidth(full) <= room ? full : labelWidth(number) <= room ? number : '';
  return (
    <>
      <rect className={css.run} {...rect(run.from, run.to)} y={STRIP_Y} height={STRIP_HEIGHT} rx={3} />
      {run.left && (
        <rect
          className={css.runLeft}
          {...rect(run.left.from, run.left.to)}
          y={STRIP_Y}
          height={STRIP_HEIGHT}
          rx={3}
        />
      )}
      {over && (
        <>
          <rect className={css.runOver} {...over} y={STRIP_Y} height={STRIP_HEIGHT} rx={3} />
          {over.width > SIGN && (
            <path
              className={css.overSign}
              d={`M${over.x + over.width / 2} ${STRIP_Y + 3}l6 11h-12zm0 4v3m0 2v.1`}
            />
          )}
        </>
      )}
      {said && (
        <text className={css.runWords} x={whole.x + room / 2} y={STRIP_Y + 13} textAnchor="middle">
          {said}
        </text>
      )}
    </>
  );
}

function Step({ x, count }: { x: number; count: number }) {
  return (
    <>
      <circle className={css.step} cx={x} cy={STEPS_Y} r={count > 1 ? 7 : 4} />
      {count > 1 && (
        <text className={css.count} x={x} y={STEPS_Y + 3.5} textAnchor="middle">
          {count}
        </text>
      )}
    </>
  );
}

const ends: MarkKind[] = ['completed', 'returned'];
const promises: MarkKind[] = ['original', 'due'];

/** What was done is round, what was promised stands on its point, what is to be done by then is square. */
function Shape({ mark, x, y }: { mark: StoryMark; x: number; y: number }) {
  if (mark.kind === 'now') return null;
  const tone = toneStyle(mark.tone === 'plain' ? 'plain' : mark.tone);
  if (promises.includes(mark.kind))
    return (
      <path
        className={css.mark}
        data-hollow={mark.kind === 'original' || undefined}
        style={tone}
        d={`M${x} ${y - 9}l9 9-9 9-9-9z`}
      />
    );
  if (mark.kind === 'handover' || mark.kind === 'reply' || mark.kind === 'supplement')
    return (
      <rect className={css.mark} data-hollow style={tone} x={x - 6} y={y - 6} width={12} height={12} rx={1} />
    );
  return (
    <>
      <circle className={css.mark} style={tone} cx={x} cy={y} r={8} />
      {ends.includes(mark.kind) && <path className={css.check} d={`M${x - 4} ${y}l3 3.5 5-6.5`} />}
    </>
  );
}

/** What the colours and shapes of the line mean; only those that are there. */
export function LineLegend({ story, scale }: { story: Story; scale: Scale }) {
  const { t } = useTranslation('dossier');
  const has = (kind: string) => story.parts.some((p) => p.kind === kind);
  const items: [css: string | undefined, words: string, shown: boolean][] = [
    [css.rest, t('line.legend.rest'), scale.bands.some((b) => b.rest)],
    [css.shift, t('line.legend.shift'), scale.bars.some((b) => b.counts)],
    [css.service, t('line.legend.service'), scale.bars.some((b) => !b.counts)],
    [css.void, t('line.legend.void'), has('void')],
    [css.passed, t('line.legend.passed'), has('passed')],
    [css.left, t('line.legend.left'), has('left')],
    [css.late, t('line.legend.late'), has('late')],
    [css.pause, t('line.legend.pause'), story.pauses.length > 0],
    [css.step, t('line.legend.step'), story.steps.length > 0],
    [css.run, t('line.legend.run'), story.runs.length > 0],
    [css.runLeft, t('line.legend.runLeft'), story.runs.some((r) => r.left)],
    [css.runOver, t('line.legend.runOver'), story.runs.some((r) => r.over)],
  ];
  return (
    <ul className={css.legend}>
      {items
        .filter(([, , shown]) => shown)
        .map(([kind, words]) => (
          <li key={words}>
            <svg aria-hidden="true" focusable="false" width={18} height={12} viewBox="0 0 18 12">
              {kind === css.step ? (
                <circle className={kind} cx={9} cy={6} r={4} />
              ) : (
                <rect className={kind} x={1} y={1} width={16} height={10} rx={2} />
              )}
              {kind === css.pause && <path className={css.hatchSign} d="M3 11 11 1M8 11 16 1" />}
              {kind === css.runOver && <path className={css.overSign} d="M9 3v3.5M9 8.8v.1" />}
              {kind === css.late && <path className={css.check} d="M9 3v3.5M9 8.8v.1" />}
            </svg>
            {words}
          </li>
        ))}
    </ul>
  );
}
