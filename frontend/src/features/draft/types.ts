import type { components } from '@/shared/api/schema';

/** Short names for what a draft is made of, from the contract. */
type Shapes = components['schemas'];

export type ProcedureData = Shapes['ProcedureData'];
export type ComponentData = Shapes['ComponentData'];
export type LimitData = Shapes['LimitData'];
export type LimitsData = Shapes['LimitsData'];
export type FeeData = Shapes['FeeData'];
export type FeeRuleData = Shapes['FeeRuleData'];
export type ExemptionData = Shapes['ExemptionData'];
export type StepData = Shapes['StepData'];
export type DecisionRef = Shapes['DecisionRef'];
export type FlagName = keyof Shapes['FlagsData'];
export type Draft = Shapes['DraftView'];
export type Fault = Shapes['ProblemField'];
export type VersionItem = Shapes['VersionItem'];

/** The contract leaves open what a changed member holds: any JSON. */
export interface Change {
  path: string;
  before?: unknown;
  after?: unknown;
}
