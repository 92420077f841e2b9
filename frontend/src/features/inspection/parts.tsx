import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { serverNow } from '@/shared/api/session';
import type { FindingItem, Inspection } from '@/shared/api/types';
import { ChoiceFilter } from '@/shared/ui/ChoiceFilter';
import { formatDate, localDate } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import css from './inspection.module.css';
import { accessOf, accessTone, findingTone } from './words';

const today = () => localDate(serverNow());

/** Where an inspection stands, in a word. */
export function AccessChip({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('inspection');
  const { access } = accessOf(inspection, today());
  return <Chip tone={accessTone[access]}>{t(`access.short.${access}`)}</Chip>;
}

/** Until when a team may look, in words. */
export function AccessText({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('inspection');
  const { access, days } = accessOf(inspection, today());
  const from = formatDate(inspection.access_from);
  const to = formatDate(inspection.access_to);
  if (access === 'running') return <>{t('access.running', { count: days, to })}</>;
  if (access === 'before') return <>{t('access.before', { from, to })}</>;
  if (access === 'over') return <>{t('access.over', { to })}</>;
  return <>{t(`access.${access}`)}</>;
}

export function FindingChip({ state }: { state: FindingItem['state'] }) {
  const { t } = useTranslation('inspection');
  return <Chip tone={findingTone[state]}>{t(`findingStates.${state}`)}</Chip>;
}

/** By when something is to be put right, and whether that day has passed. */
export function DueText({ finding }: { finding: FindingItem }) {
  const { t } = useTranslation('inspection');
  const date = formatDate(finding.due_on);
  if (!finding.overdue) return <span style={{ whiteSpace: 'nowrap' }}>{date}</span>;
  return (
    <Chip tone="late" icon="late">
      {t('findings.late', { date })}
    </Chip>
  );
}

/** What somebody wrote is in the language they wrote it in. */
export function Said({ children }: { children: string }) {
  return (
    <p className={css.said} lang="vi">
      {children}
    </p>
  );
}

/** Narrows a list to one authority. */
export function AuthorityFilter(props: {
  label: string;
  value: string | undefined;
  onPick: (authority: string | undefined) => void;
}) {
  const { t } = useTranslation('inspection');
  const authorities = useQuery(authoritiesQuery()).data?.items ?? [];
  return (
    <ChoiceFilter
      {...props}
      name="authority"
      all={t('filter.all')}
      values={authorities.map((a) => a.id)}
      word={(id) => authorities.find((a) => a.id === id)?.name ?? ''}
    />
  );
}
