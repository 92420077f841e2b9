import { describe, expect, it } from 'vitest';
import type { Dossier } from '@/shared/api/types';
import { issuedBy, newestOf } from './letters';

const at = '2026-03-02T09:00:00+07:00';
const withLetters = (...letters: [id: string, form: string][]) =>
  ({ letters: letters.map(([id, form], i) => ({ id, form, number: i + 1, issued_at: at })) }) as Dossier;

describe('the papers of a dossier', () => {
  it('tell which of them a step has issued', () => {
    const before = withLetters(['a', '01'], ['b', '02']);
    expect(issuedBy(before, withLetters(['a', '01'], ['b', '02'], ['c', '02']))?.id).toBe('c');
    expect(issuedBy(before, before)).toBeUndefined();
  });

  it('leave the slip to its own page', () => {
    expect(issuedBy(withLetters(), withLetters(['a', '01']))).toBeUndefined();
  });

  it('tell the last one of a form', () => {
    const dossier = withLetters(['a', '01'], ['b', '04'], ['c', '04'], ['d', '05']);
    expect(newestOf(dossier, '04')?.id).toBe('c');
    expect(newestOf(dossier, '02')).toBeUndefined();
  });
});
