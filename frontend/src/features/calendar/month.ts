/** A month as `YYYY-MM`, or nothing when the text is none. */
export const monthFrom = (text: string | undefined) =>
  text && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;

const pad = (n: number) => String(n).padStart(2, '0');

/** Its first and last day. */
export function monthDays(month: string): { from: string; to: string } {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${pad(last)}` };
}

export function shiftMonth(month: string, by: number): string {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const date = new Date(Date.UTC(year, number - 1 + by, 1));
  return `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}`;
}
