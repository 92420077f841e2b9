import { describe, expect, it } from 'vitest';
import { emptyInspection, emptySample, inspectionBody, missingOf, sampleBody, withMember } from './forms';

describe('an inspection as it is typed', () => {
  const typed = {
    ...emptyInspection,
    subject: ' Hồ sơ hộ tịch ',
    number: '12/QĐ-UBND ',
    decidedBy: 'Chủ tịch',
    decisionOn: '2026-03-02',
    periodFrom: '2026-02-01',
    periodTo: '2026-02-28',
    accessFrom: '2026-03-02',
    accessTo: '2026-03-06',
    head: 'a',
    members: ['b', 'c'],
  };

  it('names every day and the head that are missing', () => {
    expect(missingOf(emptyInspection)).toEqual([
      'decision_on',
      'period_from',
      'period_to',
      'access_from',
      'access_to',
      'members',
    ]);
    expect(missingOf(typed)).toEqual([]);
  });

  it('is sent with the head first, and with authorities only where some are chosen', () => {
    const whole = inspectionBody({ ...typed, authorities: ['x'] });
    expect(whole.authority_ids).toBeUndefined();
    expect(whole.subject).toBe('Hồ sơ hộ tịch');
    expect(whole.members).toEqual([
      { user_id: 'a', head: true },
      { user_id: 'b', head: false },
      { user_id: 'c', head: false },
    ]);
    expect(inspectionBody({ ...typed, scope: 'named', authorities: ['x'] }).authority_ids).toEqual(['x']);
  });

  it('closes up where a member is taken out, and grows where one is added', () => {
    expect(withMember(['b', 'c'], 0, '')).toEqual(['c']);
    expect(withMember(['b', 'c'], 2, 'd')).toEqual(['b', 'c', 'd']);
    expect(withMember(['b', 'c'], 1, 'd')).toEqual(['b', 'd']);
  });
});

describe('a sample as it is typed', () => {
  it('is by the formula or as many as named', () => {
    expect(sampleBody({ ...emptySample, margin: '2,5' })).toEqual({
      finished_only: true,
      margin_basis_points: 250,
      sample_size: undefined,
      seed: undefined,
    });
    expect(sampleBody({ from: 'received', margin: '5', size: '7', seed: ' 2997 ' })).toEqual({
      finished_only: false,
      margin_basis_points: 500,
      sample_size: 7,
      seed: '2997',
    });
  });

  it('is none with a margin that is none, unless its size is named', () => {
    expect(sampleBody({ ...emptySample, margin: '0' })).toBeUndefined();
    expect(sampleBody({ ...emptySample, margin: '', size: '3' })?.sample_size).toBe(3);
  });
});
