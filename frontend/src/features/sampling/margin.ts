/** A margin as typed in per cent, «5», «3,5» or «2.25», in hundredths of a percent; nothing where it is none from 0.01 to 50. */
export function marginOf(typed: string): number | undefined {
  const text = typed.trim().replace(',', '.');
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(text)) return undefined;
  const points = Math.round(Number(text) * 100);
  return points >= 1 && points <= 5000 ? points : undefined;
}
