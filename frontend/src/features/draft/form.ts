import type { FeeRuleData, FlagName } from './types';

/** Texts are never absent in the form: an empty one is left out of what is sent. */
export interface DecisionForm {
  number: string;
  date: string;
}

export interface LimitForm {
  /** Nothing typed is sent as 0, which the server complains of: a draft may be unfinished. */
  amount: number | null;
  unit: string;
  certainty: string;
  source: string;
  note: string;
}

export interface LimitsForm {
  direct: LimitForm | null;
  online: LimitForm | null;
  note: string;
}

/** A row of a list. */
export interface Row {
  /** Which row it is, wherever it is moved to. */
  key: number;
  /** Its name inside the procedure; a new row gets one from what it says. */
  id: string;
}

export interface ComponentForm extends Row {
  name: string;
  required: boolean;
  certainty: string;
  source: string;
}

export interface RuleForm {
  /** Empty: the amount is fixed or unknown. */
  type: '' | FeeRuleData['type'];
  first_pages: number | null;
  first_amount_vnd: number | null;
  next_amount_vnd: number | null;
  cap_vnd: number | null;
  amount_vnd: number | null;
  /** In per cent, as typed: "0,5" is a half per cent. */
  rate: string;
  least_vnd: number | null;
  most_vnd: number | null;
}

export interface ExemptionForm extends Row {
  text: string;
  percent: number | null;
  /** Empty: for every way of filing. */
  channel: string;
  evidence: string;
  legal_basis: string;
  valid_from: string;
  valid_to: string;
  certainty: string;
}

export interface FeeForm extends Row {
  kind: string;
  name: string;
  text: string;
  amount_vnd: number | null;
  rule: RuleForm;
  channel: string;
  /** Empty: when the result is collected. */
  due: string;
  condition: string;
  legal_basis: string;
  valid_from: string;
  valid_to: string;
  exemptions: ExemptionForm[];
  certainty: string;
}

export interface LocalForm {
  decision: DecisionForm;
  limits: LimitsForm | null;
  fees: FeeForm[];
}

export interface StepForm extends Row {
  name: string;
  desk: string;
  /** As typed: "2,5" is two hours and a half. */
  hours: string;
  minutes: number | null;
}

export interface WorkflowForm {
  decision: DecisionForm;
  steps: StepForm[];
}

export interface ProcedureForm {
  code: string;
  name: string;
  field_code: string;
  field: string;
  in_force_from: string;
  in_force_to: string;
  announcing_decision: DecisionForm;
  ending_decision: DecisionForm;
  code_certainty: string;
  code_source: string;
  components: ComponentForm[];
  limits: LimitsForm;
  verification_limit: LimitForm | null;
  fees: FeeForm[];
  result_name: string;
  online_level: string;
  flags: Record<FlagName, boolean>;
  supplement_mode: string;
  notes: string;
  local: LocalForm | null;
  workflow: WorkflowForm | null;
}

let lastKey = 0;
export const nextKey = () => ++lastKey;

/** Nobody is sure of a new figure until somebody says so. */
export const emptyLimit = (): LimitForm => ({
  amount: null,
  unit: 'working_day',
  certainty: 'to_check',
  source: '',
  note: '',
});

export const emptyLimits = (): LimitsForm => ({ direct: emptyLimit(), online: null, note: '' });

export const noRule = (): RuleForm => ({
  type: '',
  first_pages: null,
  first_amount_vnd: null,
  next_amount_vnd: null,
  cap_vnd: null,
  amount_vnd: null,
  rate: '',
  least_vnd: null,
  most_vnd: null,
});

export const emptyComponent = (): ComponentForm => ({
  key: nextKey(),
  id: '',
  name: '',
  required: true,
  certainty: 'to_check',
  source: '',
});

export const emptyFee = (): FeeForm => ({
  key: nextKey(),
  id: '',
  kind: 'le_phi',
  name: '',
  text: '',
  amount_vnd: null,
  rule: noRule(),
  channel: 'any',
  due: '',
  condition: '',
  legal_basis: '',
  valid_from: '',
  valid_to: '',
  exemptions: [],
  certainty: 'to_check',
});

export const emptyExemption = (): ExemptionForm => ({
  key: nextKey(),
  id: '',
  text: '',
  percent: 100,
  channel: '',
  evidence: '',
  legal_basis: '',
  valid_from: '',
  valid_to: '',
  certainty: 'to_check',
});

export const emptyLocal = (): LocalForm => ({
  decision: { number: '', date: '' },
  limits: null,
  fees: [],
});

export const emptyStep = (): StepForm => ({
  key: nextKey(),
  id: '',
  name: '',
  desk: 'handler',
  hours: '',
  minutes: null,
});

/** An internal workflow begins where a dossier does: it is received. */
export const emptyWorkflow = (): WorkflowForm => ({
  decision: { number: '', date: '' },
  steps: [{ ...emptyStep(), desk: 'reception' }],
});
