import type { CSSProperties, ReactNode } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asProblem, type ApiProblem } from '@/shared/api/problem';
import { Icon, type IconName } from './Icon';
import css from './ui.module.css';

export type Tone = 'accent' | 'late' | 'soon' | 'good' | 'rest' | 'plain';

export function toneStyle(tone: Tone): CSSProperties | undefined {
  if (tone === 'plain') return undefined;
  return { '--tone': `var(--${tone})`, '--tint': `var(--${tone}-tint)` } as CSSProperties;
}

const toneIcon: Record<Tone, IconName> = {
  accent: 'info',
  late: 'late',
  soon: 'late',
  good: 'check',
  rest: 'pause',
  plain: 'info',
};

/** A message that stays. `live` announces it: errors at once, other messages when the reader is idle. */
export function Notice(props: {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  foot?: ReactNode;
  live?: boolean;
}) {
  const tone = props.tone ?? 'accent';
  return (
    <div
      className={css.notice}
      style={toneStyle(tone)}
      role={props.live ? (tone === 'late' ? 'alert' : 'status') : undefined}
    >
      <Icon name={toneIcon[tone]} />
      <div>
        {props.title && <div className={css.noticeTitle}>{props.title}</div>}
        {props.children}
        {props.foot && <div className={css.noticeFoot}>{props.foot}</div>}
      </div>
    </div>
  );
}

/**
 * What went wrong, in the server's words, with its code for whoever is asked for help.
 * `shown`: pointers already displayed beside their fields.
 */
export function ProblemNotice(props: {
  error: unknown;
  onRetry?: () => void;
  retryLabel?: string;
  shown?: string[];
}) {
  const { t } = useTranslation();
  if (!props.error) return null;
  const problem: ApiProblem = asProblem(props.error);
  const rest = problem.errors.filter((e) => !props.shown?.includes(e.pointer.replace(/^#?\//, '')));
  const title = problem.unanswered
    ? t('problem.unanswered')
    : problem.stale
      ? t('problem.stale')
      : problem.detail || problem.title || t('problem.unknown');
  return (
    <Notice
      tone="late"
      live
      title={title}
      foot={
        <>
          {props.onRetry && (
            <Button size="compact-md" variant="default" onClick={props.onRetry}>
              {props.retryLabel ?? t('retry')}
            </Button>
          )}
          {!problem.unanswered && (
            <span className="small soft">
              {t('problem.code', { code: problem.code })}
              {problem.traceId && problem.status >= 500 ? ` · ${problem.traceId}` : ''}
            </span>
          )}
        </>
      }
    >
      {problem.unanswered && <p>{t('problem.unansweredDetail')}</p>}
      {problem.stale && <p>{t('problem.staleDetail')}</p>}
      {rest.length > 0 && (
        <ul>
          {rest.map((e) => (
            <li key={`${e.pointer} ${e.code}`}>{e.detail || e.code}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

export function Empty(props: { icon?: IconName; title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <Icon name={props.icon ?? 'folder'} size={36} />
      <p className={css.emptyTitle}>{props.title}</p>
      {props.children}
    </div>
  );
}

/** Grey lines in the place of what is being fetched. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={20} mt={i ? 14 : 4} width={`${92 - ((i * 17) % 40)}%`} />
      ))}
    </div>
  );
}

export function Chip(props: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={css.chip} style={toneStyle(props.tone ?? 'plain')}>
      {props.icon && <Icon name={props.icon} size={15} />}
      {props.children}
    </span>
  );
}

/** A fold-out explanation. */
export function Disclosure(props: {
  summary: ReactNode;
  children: ReactNode;
  open?: boolean;
  onToggle?: (open: boolean) => void;
}) {
  return (
    <details
      className={css.disclosure}
      open={props.open}
      onToggle={(e) => props.onToggle?.(e.currentTarget.open)}
    >
      <summary>
        <Icon name="right" size={16} />
        {props.summary}
      </summary>
      {props.children}
    </details>
  );
}
