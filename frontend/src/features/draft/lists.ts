/** The list with the item at `i` moved by one place; as it is at its ends. */
export function moved<T>(list: T[], i: number, by: -1 | 1): T[] {
  const item = list[i];
  const other = list[i + by];
  if (item === undefined || other === undefined) return list;
  return list.map((each, j) => (j === i ? other : j === i + by ? item : each));
}

export const without = <T>(list: T[], i: number): T[] => list.filter((_, j) => j !== i);

export const put = <T>(list: T[], i: number, change: Partial<T>): T[] =>
  list.map((each, j) => (j === i ? { ...each, ...change } : each));
