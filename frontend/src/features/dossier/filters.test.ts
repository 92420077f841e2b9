import { describe, expect, it } from 'vitest';
import { fromConditions, looksPersonal, readDossierSearch, toConditions, toFilter } from './filters';

describe('a search that looks personal', () => {
  it.each(['001084012345', '0912 345 678', '+84 912.345.678', '012345', 'a@b.vn'])('%s', (q) => {
    expect(looksPersonal(q)).toBe(true);
    expect(readDossierSearch({ q })).toEqual({});
  });
  it.each(['Nguyễn Đức', 'H26.14.100-260302-0001', '1.001193', '12'])('is not %s', (q) => {
    expect(looksPersonal(q)).toBe(false);
    expect(readDossierSearch({ q })).toEqual({ q });
  });
  it('still reaches the server', () => {
    expect(toFilter({}, '001084012345').q).toBe('001084012345');
  });
});

describe('a list of what is watched', () => {
  const search = { concern: 'apology_missing', open: true, desk: 'handler', handler: 'u1' } as const;
  it('stands in the address and reaches the server', () => {
    expect(readDossierSearch({ ...search, open: 'true' })).toEqual(search);
    expect(toFilter(search)).toMatchObject({
      concern: 'apology_missing',
      open: true,
      desk: 'handler',
      handler_id: 'u1',
    });
  });
  it('can be kept under a name with the rest', () => {
    expect(fromConditions(toConditions(search))).toEqual(search);
  });
  it('is dropped when nobody knows it', () => {
    expect(readDossierSearch({ concern: 'lost', desk: 'attic', open: 'no' })).toEqual({});
  });
});

describe('the address', () => {
  it('drops what it does not know', () => {
    expect(readDossierSearch({ state: 'lost', due: 'never', from: 'yesterday', more: 1 })).toEqual({});
  });
  it('keeps what it knows', () => {
    const search = { state: 'processing', due: 'overdue', from: '2026-03-02', to: '2026-03-06' };
    expect(readDossierSearch(search)).toEqual(search);
  });
});
