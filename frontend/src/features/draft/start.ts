import type { ProcedureData } from './types';

/** What the next version begins with: what holds, from today on, and under a decision of its own. */
export function nextVersion(p: ProcedureData, today: string): ProcedureData {
  return {
    ...p,
    announcing_decision: undefined,
    in_force_from: today > p.in_force_from ? today : p.in_force_from,
  };
}

/** A procedure that is new here; what is left empty the server asks for. */
export function newProcedure(
  what: { code: string; name: string; field_code: string; field: string },
  today: string,
): ProcedureData {
  return {
    ...what,
    in_force_from: today,
    code_certainty: 'to_check',
    components: [],
    limits: { direct: { amount: 0, unit: 'working_day', certainty: 'to_check' } },
    fees: [],
    result_name: '',
    online_level: 'none',
    flags: {
      boundary_free: false,
      on_the_spot: false,
      no_due_date: false,
      no_result: false,
      authorised_filer_allowed: true,
      mobile: false,
      police: false,
      multi_agency: false,
    },
    supplement_mode: 'reset',
  };
}
