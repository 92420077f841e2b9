/** Files as an administrator brings them in, made up for the tests. */

export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const upload = (name: string, content: string): Upload => ({
  name,
  mimeType: name.endsWith('.csv') ? 'text/csv' : 'application/json',
  buffer: Buffer.from(content, 'utf8'),
});

/** A procedure that no list has, with a limit and a fee that are to be checked. */
export const procedure = (code: string, name: string, changes: object = {}) => ({
  code,
  name,
  field_code: 'G',
  field: 'Việc làm',
  in_force_from: '2026-01-05',
  code_certainty: 'seen',
  components: [{ id: 'to_khai', name: 'Tờ khai theo mẫu', required: true, certainty: 'seen' }],
  limits: { direct: { amount: 7, unit: 'working_day', certainty: 'to_check' } },
  fees: [
    {
      id: 'le_phi',
      kind: 'le_phi',
      name: 'Lệ phí',
      text: '25.000 đồng',
      amount_vnd: 25_000,
      channel: 'any',
      certainty: 'to_check',
    },
  ],
  result_name: 'Giấy xác nhận',
  online_level: 'partial',
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
  ...changes,
});

export const catalogueFile = (...procedures: object[]): Upload =>
  upload('danh-muc.json', JSON.stringify({ source_note: 'Kiểm thử', as_of: '2026-03-02', procedures }));
