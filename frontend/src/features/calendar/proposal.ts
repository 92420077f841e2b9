import type { CalendarChange, Proposal, ProposedDay } from '@/shared/api/types';

/** The years about which the law and the moon say something. */
export const FIRST_YEAR = 2021;
export const LAST_YEAR = 2199;

/** Which option of each choice holds; `later`: it is left until its notice is there. */
export type Decided = Readonly<Record<string, string>>;
export const LATER = 'later';

/**
 * How a proposed day stands: on the weekly rest anyway, entered from a notice, off for the time being, or not in
 * the calendar at all.
 */
export type Standing = 'rest' | 'entered' | 'provisional' | 'open';

export function standingOf(day: ProposedDay): Standing {
  if (day.weekly_rest) return 'rest';
  if (day.provisional) return 'provisional';
  return day.already_off ? 'entered' : 'open';
}

export const isOpen = (day: ProposedDay) => ['provisional', 'open'].includes(standingOf(day));

/** The days off by date, as far as it is decided. */
export function daysUnder(proposal: Proposal, decided: Decided): ProposedDay[] {
  const days = new Map<string, ProposedDay>();
  for (const day of proposal.items)
    if ((!day.choice || decided[day.choice.group] === day.choice.option) && !days.has(day.date))
      days.set(day.date, day);
  return [...days.values()].sort((a, b) => a.date.localeCompare(b.date));
}

/** What the calendar has decided already: the option all of whose days stand there from a notice. */
export function settledBy(proposal: Proposal): Decided {
  const settled: Record<string, string> = {};
  for (const { group, options } of proposal.choices) {
    const held = options.find(({ option }) => {
      const days = proposal.items.filter((d) => d.choice?.group === group && d.choice.option === option);
      return (
        days.length > 0 && days.every((d) => !isOpen(d)) && days.some((d) => standingOf(d) === 'entered')
      );
    });
    if (held) settled[group] = held.option;
  }
  return settled;
}

/** How many days wait for a notice, whatever is decided; a choice that is open waits too. */
export function waiting(proposal: Proposal): { days: number; choices: number } {
  const settled = settledBy(proposal);
  return {
    days: daysUnder(proposal, settled).filter(isOpen).length,
    choices: proposal.choices.filter((c) => !settled[c.group]).length,
  };
}

/** The dates of an option, its compensation among them. */
export const datesOf = (proposal: Proposal, group: string, option: string) =>
  proposal.items
    .filter((d) => d.choice?.group === group && d.choice.option === option)
    .map((d) => d.date)
    .sort();

/** Dates that follow each other as stretches. */
export function stretches(dates: readonly string[], next: (date: string) => string): [string, string][] {
  const out: [string, string][] = [];
  for (const date of dates) {
    const open = out.at(-1);
    if (open && next(open[1]) === date) open[1] = date;
    else out.push([date, date]);
  }
  return out;
}

/** A day that only the notice knows: a swap. */
export interface ExtraDay {
  id: number;
  kind: 'off' | 'work';
  date: string;
  /** What a day off is called. */
  name: string;
  /** For which day a rest day is worked. */
  replaces: string;
}

/** What a person has made of the proposal. */
export interface ProposalForm {
  decided: Decided;
  /** Days that the notice does not name. */
  without: readonly string[];
  /** What days are called, where that was changed. */
  names: Readonly<Record<string, string>>;
  extra: readonly ExtraDay[];
}

/** The days that would be entered. */
export const entering = (proposal: Proposal, form: ProposalForm) =>
  daysUnder(proposal, form.decided).filter((d) => isOpen(d) && !form.without.includes(d.date));

export type ProposalFault = 'undecided' | 'noName' | 'noDay' | 'twice';

/** What is missing, by the field at which it is told. */
export function faultsOfProposal(proposal: Proposal, form: ProposalForm): Record<string, ProposalFault> {
  const faults: Record<string, ProposalFault> = {};
  for (const { group } of proposal.choices) if (!form.decided[group]) faults[`choice/${group}`] = 'undecided';
  const days = entering(proposal, form);
  for (const d of days) if (form.names[d.date]?.trim() === '') faults[`name/${d.date}`] = 'noName';
  const taken = new Set(days.map((d) => d.date));
  for (const e of form.extra) {
    if (!e.date) faults[`extra/${e.id}/date`] = 'noDay';
    else if (taken.has(e.date)) faults[`extra/${e.id}/date`] = 'twice';
    if (e.kind === 'off' && !e.name.trim()) faults[`extra/${e.id}/name`] = 'noName';
    taken.add(e.date);
  }
  return faults;
}

type Days = Required<Pick<CalendarChange, 'days_off' | 'make_up_days' | 'names'>> &
  Pick<CalendarChange, 'extends_to'>;

/** The change as the server is asked it; only of a form without faults. */
export function changeFrom(proposal: Proposal, form: ProposalForm): Days {
  const days = entering(proposal, form);
  const off = form.extra.filter((e) => e.kind === 'off');
  const names = [
    ...days.map((d) => {
      const own = form.names[d.date]?.trim();
      // Another name is not what the English one says.
      return own && own !== d.name
        ? { date: d.date, name: own }
        : { date: d.date, name: d.name, name_en: d.name_en };
    }),
    ...off.map((e) => ({ date: e.date, name: e.name.trim() })),
  ];
  return {
    days_off: names.map((n) => n.date),
    names,
    make_up_days: form.extra
      .filter((e) => e.kind === 'work')
      .map((e) => ({ date: e.date, ...(e.replaces ? { replaces: e.replaces } : {}) })),
    ...(proposal.extends_to ? { extends_to: proposal.extends_to } : {}),
  };
}

/** What the server refused of a change, by the field at which it is told. */
export function refusedAt(
  errors: Readonly<Record<string, string>>,
  sent: Days,
  form: ProposalForm,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [pointer, detail] of Object.entries(errors)) {
    const [member = '', index = '', field] = pointer.split('/');
    const date =
      member === 'make_up_days'
        ? sent.make_up_days[Number(index)]?.date
        : member === 'names'
          ? sent.names[Number(index)]?.date
          : member === 'days_off' && index !== ''
            ? sent.days_off[Number(index)]
            : undefined;
    if (!date) continue;
    const extra = form.extra.find((e) => e.date === date);
    const part = field === 'name' ? 'name' : field === 'replaces' ? 'replaces' : 'date';
    found[extra ? `extra/${extra.id}/${part}` : part === 'name' ? `name/${date}` : `day/${date}`] = detail;
  }
  return found;
}
