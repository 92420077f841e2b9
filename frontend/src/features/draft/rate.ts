/** A rate in per cent as a decision writes it, for hundredths of a per cent: 50 is "0,5"; nothing typed is 0. */
export function rateOf(basisPoints: number): string {
  if (basisPoints === 0) return '';
  const whole = Math.floor(basisPoints / 100);
  const rest = String(basisPoints % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return rest === '' ? String(whole) : `${whole},${rest}`;
}

/** Hundredths of a per cent for a rate as typed: "0,5" is 50; nothing is 0, which the server complains of. */
export const basisPointsOf = (rate: string): number =>
  Math.round((Number.parseFloat(rate.replace(',', '.')) || 0) * 100);
