/** What a line of the record says beside who and when: facts the program wrote, never personal data. */
export interface Facts {
  code?: string;
  role?: string;
  from?: string;
  until?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function factsOf(data: Record<string, unknown>): Facts {
  return {
    code: text(data.code),
    role: text(data.role),
    from: text(data.valid_from),
    until: text(data.valid_to),
  };
}
