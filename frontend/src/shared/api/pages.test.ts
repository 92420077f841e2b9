import { describe, expect, it } from 'vitest';
import { everyPage } from './pages';

describe('a list asked for as a whole', () => {
  it('follows every page in order', async () => {
    const pages: Record<string, { items: number[]; next?: string }> = {
      first: { items: [1, 2], next: 'b' },
      b: { items: [3], next: 'c' },
      c: { items: [4] },
    };
    const asked: (string | undefined)[] = [];
    const all = await everyPage((cursor) => {
      asked.push(cursor);
      return Promise.resolve(pages[cursor ?? 'first'] ?? { items: [] });
    });
    expect(all.items).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual([undefined, 'b', 'c']);
  });

  it('ends even if the server does not', async () => {
    const all = await everyPage(() => Promise.resolve({ items: ['again'], next: 'more' }));
    expect(all.items).toHaveLength(20);
  });

  it('fails as a whole when a page fails', async () => {
    const broken = everyPage((cursor) =>
      cursor ? Promise.reject(new Error('gone')) : Promise.resolve({ items: [1], next: 'b' }),
    );
    await expect(broken).rejects.toThrow('gone');
  });
});
