import { describe, expect, it } from 'vitest';
import { en } from './locales/en';
import { vi } from './locales/vi';

function texts(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]]);
  return new Map(
    Object.entries(node as Record<string, unknown>).flatMap(([key, value]) => [
      ...texts(value, path ? `${path}.${key}` : key),
    ]),
  );
}
/** English has a singular where Vietnamese has none. */
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '');
const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1]).sort();

describe('the two languages', () => {
  const a = texts(vi);
  const b = texts(en);

  it('have the same keys', () => {
    const keys = (m: Map<string, string>) => [...new Set([...m.keys()].map(withoutPlural))].sort();
    expect(keys(b)).toEqual(keys(a));
  });

  it('fill in the same values', () => {
    const byBase = new Map([...a].map(([key, text]) => [withoutPlural(key), text]));
    for (const [key, text] of b) {
      expect([key, placeholders(text)]).toEqual([key, placeholders(byBase.get(withoutPlural(key)) ?? '')]);
    }
  });

  it('leave nothing empty', () => {
    for (const [key, text] of [...a, ...b]) expect([key, text.trim()]).not.toEqual([key, '']);
  });
});
