import { describe, expect, it } from 'vitest';
import {
  accessOf,
  briefly,
  findingFilter,
  indexLineOf,
  inspectionFilter,
  isNarrowed,
  readConductSearch,
  readFindingSearch,
  readInspectionSearch,
  readNewFindingSearch,
  readUnitSearch,
  stateOf,
  tallyOf,
} from './words';

describe('what the lists of inspection are narrowed by', () => {
  it('is read from an address, and what is none of its words is left out', () => {
    expect(readInspectionSearch({ kind: 'scheduled', state: 'closed', mine: '1', x: 2 })).toEqual({
      kind: 'scheduled',
      mine: 1,
    });
    expect(readFindingSearch({ only: 'overdue', state: 'reported', kind: 'x', mine: 'yes' })).toEqual({
      only: 'overdue',
      state: 'reported',
    });
    expect(readUnitSearch({ outcome: 'unchecked', cursor: '' })).toEqual({ outcome: 'unchecked' });
    expect(readConductSearch({ kind: 'praise' })).toEqual({});
    // A seed or a code of digits alone is a number in an address.
    expect(readNewFindingSearch({ code: 2997 })).toEqual({ code: '2997' });
  });

  it('is asked for as the server knows it', () => {
    expect(inspectionFilter({ mine: 1, state: 'open' })).toEqual({ limit: 20, state: 'open', mine: true });
    expect(findingFilter({ only: 'open' })).toEqual({ limit: 20, open: true });
    expect(findingFilter({ only: 'settled', mine: 1 })).toEqual({ limit: 20, open: false, mine: true });
    expect(findingFilter({ only: 'overdue', authority: 'a', inspection: 'i' })).toEqual({
      limit: 20,
      overdue: true,
      authority_id: 'a',
      inspection_id: 'i',
    });
    expect(findingFilter({})).toEqual({ limit: 20 });
  });

  it('counts as narrowed by anything but the page', () => {
    expect(isNarrowed({ cursor: 'x' })).toBe(false);
    expect(isNarrowed({ cursor: 'x', mine: 1 })).toBe(true);
  });
});

describe('until when a team may look', () => {
  const running = { state: 'open', access_from: '2026-03-02', access_to: '2026-03-06' } as const;
  it('is told day by day, the first and the last counted', () => {
    expect(accessOf(running, '2026-03-01')).toEqual({ access: 'before', days: 0 });
    expect(accessOf(running, '2026-03-02')).toEqual({ access: 'running', days: 5 });
    expect(accessOf(running, '2026-03-06')).toEqual({ access: 'running', days: 1 });
    expect(accessOf(running, '2026-03-07')).toEqual({ access: 'over', days: 0 });
  });
  it('is over when it was ended or concluded, whatever the day', () => {
    expect(accessOf({ ...running, state: 'ended' }, '2026-03-03').access).toBe('ended');
    expect(accessOf({ ...running, state: 'concluded' }, '2026-03-09').access).toBe('concluded');
  });
});

describe('what is said of a sample and of evidence', () => {
  it('has every dossier in one of four states', () => {
    const sample = {
      id: 's',
      finished_only: true,
      margin_basis_points: 500,
      seed: '1',
      population: 9,
      size: 6,
      unchecked: 2,
      in_order: 2,
      findings: 1,
      not_found: 1,
      drawn_at: '',
    };
    const tally = tallyOf(sample);
    expect(Object.values(tally).reduce((a, b) => a + b)).toBe(sample.size);
    expect(tally.finding).toBe(1);
    expect(stateOf({ outcome: null })).toBe('unchecked');
    expect(stateOf({ outcome: 'not_found' })).toBe('not_found');
  });

  it('knows a line of indices by its label', () => {
    expect(indexLineOf('2026-Q1 · 2 · 7')).toEqual({ quarter: '2026-Q1', version: '2', index: 7 });
    expect(indexLineOf('2997/QĐ-UBND')).toBeUndefined();
    expect(indexLineOf('2026-Q5 · 2 · 7')).toBeUndefined();
  });

  it('cuts a long text at its end alone', () => {
    expect(briefly('ngắn', 10)).toBe('ngắn');
    expect(briefly('một hai ba bốn', 8)).toBe('một hai…');
  });
});
