import { ReadingConfig, doReadNumber } from 'read-vietnamese-number';
import { expect, test } from '../support/test.ts';

/** Numbers that look thrown and are the same each time, up to fifteen digits. */
function* thrown(count: number): Generator<number> {
  let state = 20_261_129n;
  for (let n = 0; n < count; n += 1) {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % (1n << 64n);
    const digits = BigInt(1 + (n % 15));
    yield Number((state >> 8n) % 10n ** digits);
  }
}

/** Where words change: every last two digits, alone and behind others; round numbers and their neighbours. */
function turning(): number[] {
  const last = Array.from({ length: 100 }, (_, n) => n);
  const round = [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 100_000_000_000];
  return [
    ...last,
    ...last.map((n) => 100 + n),
    ...last.map((n) => 7_000_000 + n * 1_000),
    ...round.flatMap((n) => [n - 1, n, n + 1, n + 5, n + 15, n + 104, 5 * n + 4]),
    1_005_000,
    2_024_015_021,
    1_000_000_000_000_000,
  ];
}

test('an amount is written as an independent library writes it', async ({ api }) => {
  const config = new ReadingConfig();
  config.unit = ['đồng'];
  // Two spellings of the same words: «lẻ» and «tỉ» there, «linh» and «tỷ» here (DOMAIN: một trăm linh năm).
  const theirs = (n: number) => doReadNumber(String(n), config).replaceAll(' lẻ ', ' linh ').replaceAll('tỉ', 'tỷ');
  const all = [...new Set([...turning(), ...thrown(150)])];
  expect(all.length).toBeGreaterThan(400);
  const differ: string[] = [];
  for (const amount_vnd of all) {
    const { text } = await api.call<{ text: string }>('thungan', 'POST', '/amounts/words', { amount_vnd });
    const wanted = theirs(amount_vnd);
    if (text !== wanted) differ.push(`${amount_vnd}: «${text}», there «${wanted}»`);
  }
  expect(differ).toEqual([]);
});
