import { describe, expect, it } from 'vitest';
import { CENTRE, bodyOf, codesOf, emptyUnit, entryOf, typedUnit } from './forms';

describe('what is typed about a unit', () => {
  it('is nothing when nothing was typed', () => {
    expect(entryOf(emptyUnit, 'a')).toBeUndefined();
  });

  it('leaves out what nobody knows, and keeps a nought that was typed', () => {
    const entry = entryOf(
      { ...emptyUnit, feedback_part: '0', feedback_whole: '0', prolonged: 'no', reason: 'Sổ' },
      'a',
    );
    expect(entry).toMatchObject({
      authority_id: 'a',
      feedback_on_time: { part: 0, whole: 0 },
      feedback_prolonged: false,
      reason: 'Sổ',
    });
    expect(entry?.posted).toBeUndefined();
    expect(entry?.upheld_dossiers).toBeUndefined();
  });

  it('says that somebody has looked for complaints and found none', () => {
    expect(entryOf({ ...emptyUnit, looked: 'yes' }, 'a')?.upheld_dossiers).toEqual([]);
    expect(codesOf(' H26.1, H26.2;\nH26.3 ')).toEqual(['H26.1', 'H26.2', 'H26.3']);
  });

  it('comes back as it was typed', () => {
    const form = {
      ...emptyUnit,
      received_part: '39',
      received_whole: '40',
      posted: 'yes',
      published: 'no',
      looked: 'yes',
      upheld: 'H26.1 H26.2',
      bodies_points: '3',
      bodies_counted: '2',
      answers: ['0', '0', '1', '2', '3'],
      reason: 'Biên bản',
    } as const;
    const entry = entryOf({ ...form, answers: [...form.answers] }, 'a');
    expect(entry && typedUnit(entry)).toEqual(form);
  });

  it('stands in the order in which it is sent', () => {
    const { body, places } = bodyOf(
      {
        quarter: '2026-Q1',
        cut_off: 'calendar',
        reason: ' ',
        units: { [CENTRE]: emptyUnit, a: emptyUnit, b: { ...emptyUnit, posted: 'yes' } },
      },
      [],
    );
    expect(places).toEqual(['b']);
    expect(body.units?.map((u) => u.authority_id)).toEqual(['b']);
    expect(body.reason).toBeUndefined();
  });
});
