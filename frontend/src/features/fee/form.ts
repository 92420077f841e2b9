import type { FeeLine, NewAssessment } from '@/shared/api/types';

/** What is asked of an officer to work out what a dossier costs. */
export interface FeeForm {
  pages: string;
  copies: string;
  events: string;
  value: number | null;
  /** Lines with a condition that holds here. */
  chosen: string[];
  /** Amounts the catalogue does not know, by line. */
  stated: Record<string, { amount: number | null; source: string }>;
  /** What shows each ground that is claimed, by ground. */
  claims: Record<string, string>;
}

export const emptyForm = (): FeeForm => ({
  pages: '1',
  copies: '1',
  events: '1',
  value: null,
  chosen: [],
  stated: {},
  claims: {},
});

type FiledBy = 'direct' | 'online' | 'postal';

export const filedBy = (channel: string): FiledBy =>
  channel === 'online' || channel === 'kiosk' ? 'online' : channel === 'post' ? 'postal' : 'direct';

/** The lines that can hold for a way of filing on a day; the server has the last word. */
export function linesFor(fees: FeeLine[], channel: string, on: string): FeeLine[] {
  const by = filedBy(channel);
  const inForce = (f: { valid_from?: string | null; valid_to?: string | null }) =>
    (!f.valid_from || f.valid_from <= on) && (!f.valid_to || f.valid_to >= on);
  const live = fees.filter(inForce);
  return live.filter((f) => {
    if (f.channel === 'any' || f.channel === by) return true;
    return (
      f.channel === 'direct' &&
      by === 'postal' &&
      !live.some((other) => other.channel === 'postal' && other.kind === f.kind)
    );
  });
}

export interface Ground {
  id: string;
  text: string;
  evidence: string;
}

/** The grounds that can be claimed: each once, with a known rate, in force that day for that way of filing. */
export function groundsOf(lines: FeeLine[], channel: string, on: string): Ground[] {
  const by = filedBy(channel);
  const found = new Map<string, Ground>();
  for (const e of lines.flatMap((line) => line.exemptions)) {
    const live = (!e.valid_from || e.valid_from <= on) && (!e.valid_to || e.valid_to >= on);
    const here =
      !e.channel || e.channel === 'any' || (e.channel === 'direct' ? by !== 'online' : e.channel === by);
    if (live && here && e.percent != null && !found.has(e.id))
      found.set(e.id, { id: e.id, text: e.text, evidence: e.evidence ?? '' });
  }
  return [...found.values()];
}

type RuleType = 'per_page' | 'per_copy' | 'per_case' | 'per_event' | 'percentage';

const ruleOf = (line: FeeLine) => (line.rule as { type?: RuleType } | null | undefined)?.type;

/** Which sizes the lines ask for. */
export const wantsOf = (lines: FeeLine[]) => ({
  pages: lines.some((l) => ruleOf(l) === 'per_page'),
  copies: lines.some((l) => ruleOf(l) === 'per_page' || ruleOf(l) === 'per_copy'),
  events: lines.some((l) => ruleOf(l) === 'per_event'),
  value: lines.some((l) => ruleOf(l) === 'percentage'),
});

/** Lines whose amount nobody knows yet. */
export const unknownOf = (lines: FeeLine[]) => lines.filter((l) => l.rule == null && l.amount_vnd == null);

const whole = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : 0);

/** The form as the server wants it; what is empty or no number goes as it is wrong, for the server to say so. */
export function toCase(form: FeeForm, lines: FeeLine[]): NewAssessment {
  const wants = wantsOf(lines);
  const charged = lines.filter((l) => !l.condition || form.chosen.includes(l.id));
  return {
    pages: wants.pages ? whole(form.pages) : 1,
    copies: wants.copies ? whole(form.copies) : 1,
    events: wants.events ? whole(form.events) : 1,
    value_vnd: wants.value ? form.value : null,
    chosen: form.chosen,
    stated: unknownOf(charged)
      .map((l) => ({ line_id: l.id, ...form.stated[l.id] }))
      .filter((s) => s.amount != null)
      .map((s) => ({ line_id: s.line_id, amount_vnd: s.amount ?? 0, source: s.source ?? '' })),
    claims: Object.entries(form.claims).map(([exemption_id, evidence]) => ({ exemption_id, evidence })),
  };
}
