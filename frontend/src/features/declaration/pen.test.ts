import { describe, expect, it } from 'vitest';
import { begun, drawn, hasInk, lineOf, pointIn, type Stroke } from './pen';

const box = { left: 100, top: 50, width: 500, height: 200 };

describe('a signature', () => {
  it('is measured in the units of the paper, however large the pad is on the screen', () => {
    expect(pointIn(box, 100, 50)).toEqual({ x: 0, y: 0 });
    expect(pointIn(box, 350, 150)).toEqual({ x: 500, y: 200 });
    expect(pointIn(box, 600, 250)).toEqual({ x: 1000, y: 400 });
  });

  it('stays on the pad where the pen leaves it', () => {
    expect(pointIn(box, 0, 1000)).toEqual({ x: 0, y: 400 });
    expect(pointIn({ ...box, width: 0 }, 5000, 0)).toEqual({ x: 1000, y: 0 });
  });

  it('grows with the pen, and not where it rests', () => {
    let strokes = begun([], { x: 10, y: 10 });
    strokes = drawn(strokes, { x: 11, y: 11 });
    expect(strokes).toEqual([[{ x: 10, y: 10 }]]);
    strokes = drawn(strokes, { x: 20, y: 10 });
    strokes = begun(strokes, { x: 50, y: 50 });
    expect(strokes.map((s) => s.length)).toEqual([2, 1]);
    expect(drawn([], { x: 1, y: 1 })).toEqual([]);
  });

  it('ends at what the server takes', () => {
    const many: Stroke[] = Array.from({ length: 200 }, () => [{ x: 1, y: 1 }]);
    expect(begun(many, { x: 9, y: 9 })).toHaveLength(200);
    const long: Stroke[] = [Array.from({ length: 5_000 }, (_, i) => ({ x: i % 1000, y: 0 }))];
    expect(drawn(long, { x: 500, y: 300 })[0]).toHaveLength(5_000);
    expect(begun(long, { x: 9, y: 9 })).toHaveLength(1);
  });

  it('has ink only where something was drawn', () => {
    expect(hasInk([])).toBe(false);
    expect(hasInk([[{ x: 1, y: 1 }]])).toBe(false);
    expect(
      hasInk([
        [{ x: 1, y: 1 }],
        [
          { x: 1, y: 1 },
          { x: 9, y: 9 },
        ],
      ]),
    ).toBe(true);
  });

  it('is drawn as lines, a dot as a dot', () => {
    expect(lineOf([])).toBe('');
    expect(lineOf([{ x: 1, y: 2 }])).toBe('M1 2 L1 2');
    expect(
      lineOf([
        { x: 1, y: 2 },
        { x: 3, y: 4 },
        { x: 5, y: 6 },
      ]),
    ).toBe('M1 2 L3 4 L5 6');
  });
});
