import { describe, expect, it } from 'vitest';
import { looksPersonal, readDossierSearch, toFilter } from './filters';

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

describe('the address', () => {
  it('drops what it does not know', () => {
    expect(readDossierSearch({ state: 'lost', due: 'never', from: 'yesterday', more: 1 })).toEqual({});
  });
  it('keeps what it knows', () => {
    const search = { state: 'processing', due: 'overdue', from: '2026-03-02', to: '2026-03-06' };
    expect(readDossierSearch(search)).toEqual(search);
  });
});
