/**
 * A QR code (ISO/IEC 18004) of a short text, drawn here because the server is not to see what is in it. Byte mode,
 * error correction M, versions 1 to 10: up to 213 bytes.
 */

/** By version: codewords of correction in a block, blocks of the first kind with their data, blocks of the second. */
const BLOCKS: [correction: number, first: [number, number], second: [number, number]][] = [
  [10, [1, 16], [0, 0]],
  [16, [1, 28], [0, 0]],
  [26, [1, 44], [0, 0]],
  [18, [2, 32], [0, 0]],
  [24, [2, 43], [0, 0]],
  [16, [4, 27], [0, 0]],
  [18, [4, 31], [0, 0]],
  [22, [2, 38], [2, 39]],
  [22, [3, 36], [2, 37]],
  [26, [4, 43], [1, 44]],
];

/** By version: where the middles of the small squares stand. */
const ALIGNED = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = x;
  LOG[x] = i;
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0);
}
const times = (a: number, b: number) => (a && b ? (EXP[(LOG[a] ?? 0) + (LOG[b] ?? 0)] ?? 0) : 0);

/** The codewords of correction (Reed–Solomon) of a block. */
function corrected(data: number[], length: number): number[] {
  let generator = [1];
  for (let i = 0; i < length; i++) {
    const next = new Array<number>(generator.length + 1).fill(0);
    generator.forEach((g, j) => {
      next[j] = (next[j] ?? 0) ^ g;
      next[j + 1] = (next[j + 1] ?? 0) ^ times(g, EXP[i] ?? 0);
    });
    generator = next;
  }
  const rest = [...data, ...new Array<number>(length).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const lead = rest[i] ?? 0;
    generator.forEach((g, j) => {
      rest[i + j] = (rest[i + j] ?? 0) ^ times(g, lead);
    });
  }
  return rest.slice(data.length);
}

function codewords(bytes: Uint8Array, version: number): number[] {
  const [correction, ...kinds] = BLOCKS[version - 1] ?? [0, [0, 0], [0, 0]];
  const room = kinds.reduce((n, [count, data]) => n + count * data, 0);
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, room * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data: number[] = [];
  for (let i = 0; i < bits.length; i += 8)
    data.push(bits.slice(i, i + 8).reduce((byte, bit) => (byte << 1) | bit, 0));
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);

  const blocks: number[][] = [];
  let at = 0;
  for (const [count, length] of kinds)
    for (let i = 0; i < count; i++, at += length) blocks.push(data.slice(at, at + length));
  const checks = blocks.map((block) => corrected(block, correction));
  const out: number[] = [];
  for (const side of [blocks, checks])
    for (let i = 0; i < Math.max(...side.map(({ length }) => length)); i++)
      for (const block of side) if (i < block.length) out.push(block[i] ?? 0);
  return out;
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

type Grid = boolean[][];

/** A number with its remainder by a polynomial behind it (format and version information). */
function checked(value: number, length: number, polynomial: number): number {
  let rest = value << length;
  for (let i = 31 - Math.clz32(rest); i >= length; i--)
    if ((rest >> i) & 1) rest ^= polynomial << (i - length);
  return (value << length) | rest;
}

function drawn(words: number[], version: number, mask: number): Grid {
  const size = version * 4 + 17;
  const dark: Grid = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const fixed: Grid = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const set = (x: number, y: number, on: boolean) => {
    const [row, held] = [dark[y], fixed[y]];
    if (!row || !held || x < 0 || x >= size) return;
    row[x] = on;
    held[x] = true;
  };
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const far = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, far !== 2 && far !== 4);
      }
  const middles = ALIGNED[version - 1] ?? [];
  const [least, most] = [6, size - 7];
  for (const x of middles)
    for (const y of middles) {
      if ((x === least && y === least) || (x === least && y === most) || (x === most && y === least))
        continue;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
  // Error correction M is 00.
  const format = checked(mask, 10, 0x537) ^ 0x5412;
  const bit = (value: number, i: number) => ((value >> i) & 1) === 1;
  for (let i = 0; i < 15; i++) {
    const on = bit(format, i);
    if (i < 6) set(8, i, on);
    else if (i < 8) set(8, i + 1, on);
    else if (i === 8) set(7, 8, on);
    else set(14 - i, 8, on);
    if (i < 8) set(size - 1 - i, 8, on);
    else set(8, size - 15 + i, on);
  }
  set(8, size - 8, true);
  if (version >= 7) {
    const told = checked(version, 12, 0x1f25);
    for (let i = 0; i < 18; i++) {
      const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)];
      set(a, b, bit(told, i));
      set(b, a, bit(told, i));
    }
  }
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        const [row, held] = [dark[y], fixed[y]];
        if (!row || !held || held[x]) continue;
        const on = at < words.length * 8 && bit(words[at >> 3] ?? 0, 7 - (at & 7));
        at++;
        row[x] = on !== (MASKS[mask]?.(x, y) ?? false);
      }
  }
  return dark;
}

/** How hard a mask makes it to read: long runs, full squares, an uneven share of dark. */
function penalty(grid: Grid): number {
  const size = grid.length;
  const cell = (x: number, y: number) => grid[y]?.[x] ?? false;
  let sum = 0;
  for (const across of [true, false])
    for (let i = 0; i < size; i++) {
      const line = Array.from({ length: size }, (_, j) => (across ? cell(j, i) : cell(i, j)));
      let run = 1;
      for (let j = 1; j <= size; j++) {
        if (j < size && line[j] === line[j - 1]) run++;
        else {
          if (run >= 5) sum += run - 2;
          run = 1;
        }
      }
      const text = line.map((on) => (on ? '1' : '0')).join('');
      for (const like of ['10111010000', '00001011101'])
        for (let j = text.indexOf(like); j >= 0; j = text.indexOf(like, j + 1)) sum += 40;
    }
  for (let y = 0; y < size - 1; y++)
    for (let x = 0; x < size - 1; x++) {
      const on = cell(x, y);
      if (on === cell(x + 1, y) && on === cell(x, y + 1) && on === cell(x + 1, y + 1)) sum += 3;
    }
  const share = grid.flat().filter(Boolean).length / (size * size);
  return sum + Math.floor(Math.abs(share * 20 - 10)) * 10;
}

/** The code as a path of dark squares on a grid of `size`; null: the text is too long. */
export function qrOf(text: string): { size: number; path: string } | null {
  const bytes = new TextEncoder().encode(text);
  const version =
    BLOCKS.findIndex(([, ...kinds], i) => {
      const room = kinds.reduce((n, [count, data]) => n + count * data, 0);
      return bytes.length + (i + 1 < 10 ? 2 : 3) <= room;
    }) + 1;
  if (version === 0) return null;
  const words = codewords(bytes, version);
  const grids = MASKS.map((_, mask) => drawn(words, version, mask));
  const best = grids.reduce((a, b) => (penalty(b) < penalty(a) ? b : a));
  const path = best
    .flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : '')))
    .filter(Boolean)
    .join('');
  return { size: best.length, path };
}
