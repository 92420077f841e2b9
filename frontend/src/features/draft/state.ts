import { foldVi } from '@/shared/ui/fold';
import { nextKey, noRule } from './form';
import type {
  ComponentForm,
  DecisionForm,
  ExemptionForm,
  FeeForm,
  LimitForm,
  LimitsForm,
  ProcedureForm,
  RuleForm,
  StepForm,
} from './form';
import { basisPointsOf, rateOf } from './rate';
import type {
  ComponentData,
  DecisionRef,
  ExemptionData,
  FeeData,
  FeeRuleData,
  LimitData,
  LimitsData,
  ProcedureData,
  StepData,
} from './types';

// From the document to the form.

const decisionForm = (d: DecisionRef | null | undefined): DecisionForm => ({
  number: d?.number ?? '',
  date: d?.date ?? '',
});

const limitForm = (l: LimitData | null | undefined): LimitForm | null =>
  l
    ? {
        amount: l.amount === 0 ? null : l.amount,
        unit: l.unit,
        certainty: l.certainty,
        source: l.source ?? '',
        note: l.note ?? '',
      }
    : null;

const limitsForm = (l: LimitsData): LimitsForm => ({
  direct: limitForm(l.direct),
  online: limitForm(l.online),
  note: l.note ?? '',
});

/** A row that says nothing yet takes its name from what it will say. */
const idOf = (id: string, says: string) => (says === '' ? '' : id);

const figure = (amount: number) => (amount === 0 ? null : amount);

function ruleForm(rule: FeeRuleData | null | undefined): RuleForm {
  if (!rule) return noRule();
  if (rule.type === 'per_page')
    return {
      ...noRule(),
      type: rule.type,
      first_pages: figure(rule.first_pages),
      first_amount_vnd: figure(rule.first_amount_vnd),
      next_amount_vnd: figure(rule.next_amount_vnd),
      cap_vnd: figure(rule.cap_vnd),
    };
  if (rule.type === 'percentage')
    return {
      ...noRule(),
      type: rule.type,
      rate: rateOf(rule.basis_points),
      least_vnd: rule.least_vnd ?? null,
      most_vnd: rule.most_vnd ?? null,
    };
  return { ...noRule(), type: rule.type, amount_vnd: figure(rule.amount_vnd) };
}

const exemptionForm = (e: ExemptionData): ExemptionForm => ({
  key: nextKey(),
  id: idOf(e.id, e.text),
  text: e.text,
  percent: e.percent ?? null,
  channel: e.channel ?? '',
  evidence: e.evidence ?? '',
  legal_basis: e.legal_basis,
  valid_from: e.valid_from ?? '',
  valid_to: e.valid_to ?? '',
  certainty: e.certainty,
});

const feeForm = (f: FeeData): FeeForm => ({
  key: nextKey(),
  id: idOf(f.id, f.name),
  kind: f.kind,
  name: f.name,
  text: f.text,
  amount_vnd: f.amount_vnd ?? null,
  rule: ruleForm(f.rule),
  channel: f.channel,
  due: f.due ?? '',
  condition: f.condition ?? '',
  legal_basis: f.legal_basis ?? '',
  valid_from: f.valid_from ?? '',
  valid_to: f.valid_to ?? '',
  exemptions: (f.exemptions ?? []).map(exemptionForm),
  certainty: f.certainty,
});

const componentForm = (c: ComponentData): ComponentForm => ({
  key: nextKey(),
  id: idOf(c.id, c.name),
  name: c.name,
  required: c.required,
  certainty: c.certainty,
  source: c.source ?? '',
});

/** An hour's minutes apart from its hours, as a decision has them: 150 is 2 hours and 30 minutes. */
const stepForm = (s: StepData): StepForm => ({
  key: nextKey(),
  id: idOf(s.id, s.name),
  name: s.name,
  desk: s.desk,
  hours: s.minutes < 60 ? '' : String(Math.floor(s.minutes / 60)),
  minutes: figure(s.minutes % 60),
});

export const toForm = (p: ProcedureData): ProcedureForm => ({
  code: p.code,
  name: p.name,
  field_code: p.field_code,
  field: p.field,
  in_force_from: p.in_force_from,
  in_force_to: p.in_force_to ?? '',
  announcing_decision: decisionForm(p.announcing_decision),
  ending_decision: decisionForm(p.ending_decision),
  code_certainty: p.code_certainty,
  code_source: p.code_source ?? '',
  components: p.components.map(componentForm),
  limits: limitsForm(p.limits),
  verification_limit: limitForm(p.verification_limit),
  fees: p.fees.map(feeForm),
  result_name: p.result_name,
  online_level: p.online_level,
  flags: { ...p.flags },
  supplement_mode: p.supplement_mode,
  notes: p.notes ?? '',
  local: p.local
    ? {
        decision: decisionForm(p.local.decision),
        limits: p.local.limits ? limitsForm(p.local.limits) : null,
        fees: (p.local.fees ?? []).map(feeForm),
      }
    : null,
  workflow: p.workflow
    ? { decision: decisionForm(p.workflow.decision), steps: p.workflow.steps.map(stepForm) }
    : null,
});

// From the form to the document.

const LONGEST_SLUG = 48;

/** "Tờ khai đăng ký kết hôn" → `to_khai_dang_ky_ket_hon`; a long name is cut between words. */
export function slug(name: string): string {
  const whole = foldVi(name)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  if (whole.length <= LONGEST_SLUG) return whole;
  const cut = whole.slice(0, LONGEST_SLUG + 1);
  return cut.includes('_') ? cut.slice(0, cut.lastIndexOf('_')) : whole.slice(0, LONGEST_SLUG);
}

/** Gives every row without a name inside the procedure one that no other row has. */
export function named<T extends { id: string }>(rows: T[], says: (row: T) => string, otherwise: string): T[] {
  const taken = new Set(rows.map((row) => row.id));
  return rows.map((row) => {
    if (row.id !== '') return row;
    const first = slug(says(row)) || otherwise;
    let id = first;
    for (let n = 2; taken.has(id); n++) id = `${first}_${n}`;
    taken.add(id);
    return { ...row, id };
  });
}

const given = (text: string) => (text.trim() === '' ? undefined : text);

const toDecision = (d: DecisionForm): DecisionRef => ({ number: d.number, date: given(d.date) });
const decisionGiven = (d: DecisionForm) =>
  d.number.trim() === '' && d.date === '' ? undefined : toDecision(d);

const toLimit = (l: LimitForm | null): LimitData | undefined =>
  l
    ? {
        amount: l.amount ?? 0,
        unit: l.unit,
        certainty: l.certainty,
        source: given(l.source),
        note: given(l.note),
      }
    : undefined;

const toLimits = (l: LimitsForm): LimitsData => ({
  direct: toLimit(l.direct),
  online: toLimit(l.online),
  note: given(l.note),
});

function toRule(rule: RuleForm): FeeRuleData | undefined {
  if (rule.type === '') return undefined;
  if (rule.type === 'per_page')
    return {
      type: rule.type,
      first_pages: rule.first_pages ?? 0,
      first_amount_vnd: rule.first_amount_vnd ?? 0,
      next_amount_vnd: rule.next_amount_vnd ?? 0,
      cap_vnd: rule.cap_vnd ?? 0,
    };
  if (rule.type === 'percentage')
    return {
      type: rule.type,
      basis_points: basisPointsOf(rule.rate),
      least_vnd: rule.least_vnd ?? undefined,
      most_vnd: rule.most_vnd ?? undefined,
    };
  return { type: rule.type, amount_vnd: rule.amount_vnd ?? 0 };
}

const toExemption = (e: ExemptionForm): ExemptionData => ({
  id: e.id,
  text: e.text,
  percent: e.percent ?? undefined,
  channel: given(e.channel),
  evidence: given(e.evidence),
  legal_basis: e.legal_basis,
  valid_from: given(e.valid_from),
  valid_to: given(e.valid_to),
  certainty: e.certainty,
});

const toFee = (f: FeeForm): FeeData => ({
  id: f.id,
  kind: f.kind,
  name: f.name,
  text: f.text,
  amount_vnd: f.amount_vnd ?? undefined,
  rule: toRule(f.rule),
  channel: f.channel,
  due: given(f.due),
  condition: given(f.condition),
  legal_basis: given(f.legal_basis),
  valid_from: given(f.valid_from),
  valid_to: given(f.valid_to),
  exemptions:
    f.exemptions.length > 0 ? named(f.exemptions, (e) => e.text, 'mien_giam').map(toExemption) : undefined,
  certainty: f.certainty,
});

const toFees = (fees: FeeForm[]) => named(fees, (f) => f.name, 'phi').map(toFee);

/** Working minutes of a step: "2,5" and nothing are 150, nothing at all is 0, which the server complains of. */
export const minutesOf = (s: Pick<StepForm, 'hours' | 'minutes'>): number =>
  Math.round((Number.parseFloat(s.hours.replace(',', '.')) || 0) * 60) + (s.minutes ?? 0);

const toSteps = (steps: StepForm[]): StepData[] =>
  named(steps, (s) => s.name, 'buoc').map((s) => ({
    id: s.id,
    name: s.name,
    desk: s.desk,
    minutes: minutesOf(s),
  }));

export const toProcedure = (f: ProcedureForm): ProcedureData => ({
  code: f.code.trim(),
  name: f.name,
  field_code: f.field_code,
  field: f.field,
  in_force_from: f.in_force_from,
  in_force_to: given(f.in_force_to),
  announcing_decision: decisionGiven(f.announcing_decision),
  ending_decision: decisionGiven(f.ending_decision),
  code_certainty: f.code_certainty,
  code_source: given(f.code_source),
  components: named(f.components, (c) => c.name, 'giay_to').map((c) => ({
    id: c.id,
    name: c.name,
    required: c.required,
    certainty: c.certainty,
    source: given(c.source),
  })),
  limits: toLimits(f.limits),
  verification_limit: toLimit(f.verification_limit),
  fees: toFees(f.fees),
  result_name: f.result_name,
  online_level: f.online_level,
  flags: { ...f.flags },
  supplement_mode: f.supplement_mode,
  notes: given(f.notes),
  local: f.local
    ? {
        decision: toDecision(f.local.decision),
        limits: f.local.limits ? toLimits(f.local.limits) : undefined,
        fees: f.local.fees.length > 0 ? toFees(f.local.fees) : undefined,
      }
    : undefined,
  workflow: f.workflow
    ? { decision: toDecision(f.workflow.decision), steps: toSteps(f.workflow.steps) }
    : undefined,
});

/** Whether two documents say the same. */
export const same = (a: ProcedureData, b: ProcedureData) => JSON.stringify(a) === JSON.stringify(b);

export type Lack = 'dateMissing' | 'percentWrong';

/** What cannot even be saved, by the field's pointer; all else a draft may leave open. */
export function lacks(form: ProcedureForm): Record<string, Lack> {
  const out: Record<string, Lack> = {};
  if (form.in_force_from === '') out.in_force_from = 'dateMissing';
  for (const [at, fees] of [
    ['fees', form.fees],
    ['local/fees', form.local?.fees ?? []],
  ] as const)
    for (const [i, fee] of fees.entries())
      for (const [j, { percent }] of fee.exemptions.entries())
        if (percent !== null && (percent < 1 || percent > 100))
          out[`${at}/${i}/exemptions/${j}/percent`] = 'percentWrong';
  return out;
}

const keep = <T extends { key: number }>(now: T[], before: T[]): T[] =>
  now.map((row, i) => ({ ...row, key: before[i]?.key ?? row.key }));
const keepFees = (now: FeeForm[], before: FeeForm[]): FeeForm[] =>
  keep(now, before).map((fee, i) => ({
    ...fee,
    exemptions: keep(fee.exemptions, before[i]?.exemptions ?? []),
  }));

/** What was saved, in the rows in which it was typed: nobody loses the field they are in by saving. */
export const inRowsOf = (saved: ProcedureForm, typed: ProcedureForm): ProcedureForm => ({
  ...saved,
  components: keep(saved.components, typed.components),
  fees: keepFees(saved.fees, typed.fees),
  local: saved.local && { ...saved.local, fees: keepFees(saved.local.fees, typed.local?.fees ?? []) },
  workflow: saved.workflow && {
    ...saved.workflow,
    steps: keep(saved.workflow.steps, typed.workflow?.steps ?? []),
  },
});
