import type { DossierState, Timing } from '@/shared/api/types';
import type { IconName } from '@/shared/ui/Icon';
import type { Tone } from '@/shared/ui/Notice';
import { isSoon, type Left } from './remaining';

/** What is known of a dossier and its promised date. */
export interface Timed extends Left {
  state: DossierState;
  timing?: Timing | null;
  due_at?: string | null;
}

/** Where a dossier stands against its promised date; `none` when nothing is to be said of it. */
export type Standing =
  'none' | 'finished_early' | 'finished_on_time' | 'finished_overdue' | 'paused' | 'late' | 'soon' | 'within';

const finished: DossierState[] = ['completed', 'returned'];
const withoutClock: DossierState[] = ['withdrawn', 'stopped', 'transferred', 'refused_at_intake'];

export function standingOf(dossier: Timed): Standing {
  const { state, timing } = dossier;
  if (withoutClock.includes(state)) return 'none';
  if (finished.includes(state))
    return timing === 'overdue' || timing === 'early' || timing === 'on_time' ? `finished_${timing}` : 'none';
  if (timing === 'paused') return 'paused';
  if (!dossier.due_at) return 'none';
  if (timing === 'overdue') return 'late';
  return isSoon(dossier) ? 'soon' : 'within';
}

interface Look {
  tone: Tone;
  icon?: IconName;
}

/** The colour of a standing and the sign that goes with it, the same wherever it is shown. */
export const looks: Record<Standing, Look> = {
  none: { tone: 'plain' },
  finished_early: { tone: 'good', icon: 'check' },
  finished_on_time: { tone: 'good', icon: 'check' },
  finished_overdue: { tone: 'late', icon: 'late' },
  paused: { tone: 'rest', icon: 'pause' },
  late: { tone: 'late', icon: 'late' },
  soon: { tone: 'soon', icon: 'clock' },
  within: { tone: 'plain', icon: 'clock' },
};

/** The same where only the timing is told, as to a citizen. */
export const timingLooks: Record<Timing, Look> = {
  within_time: looks.within,
  paused: looks.paused,
  early: looks.finished_early,
  on_time: looks.finished_on_time,
  overdue: looks.late,
};
