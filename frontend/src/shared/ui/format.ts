/** Dates as an office reads them. All of them in Vietnam's time, whatever the computer is set to. */
const ZONE = 'Asia/Ho_Chi_Minh';

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const instant = (iso: string) => (iso.length === 10 ? new Date(`${iso}T00:00:00+07:00`) : new Date(iso));

/** 14/03/2026 */
export const formatDate = (iso: string) => dateFormat.format(instant(iso));
/** 16:30 */
export const formatTime = (iso: string) => timeFormat.format(instant(iso));
/** 16:30 14/03/2026, kept on one line */
export const formatDateTime = (iso: string) => `${formatTime(iso)}\u00a0${formatDate(iso)}`;

/** "thứ Năm", "Thursday" */
export const formatWeekday = (iso: string, language: string) =>
  new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { timeZone: ZONE, weekday: 'long' })
    .format(instant(iso))
    .replace(/^Thứ/, 'thứ')
    .replace(/^Chủ Nhật/, 'Chủ nhật');

/** "Thứ Hai, 2 tháng 3, 2026", "Monday 2 March 2026": a day as one says it. */
export const formatSpokenDate = (iso: string, language: string) =>
  capital(
    new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
      timeZone: ZONE,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }).format(instant(iso)),
  );

/** A stored birth date (`YYYY` or `YYYY-MM-DD`) as written on papers. */
export const formatBirthDate = (value: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').reverse().join('/') : value;

/** "14/3/1990", "14-03-1990" or "1990" as typed → `YYYY-MM-DD` or `YYYY`; anything else is passed on as typed. */
export function parseBirthDate(typed: string): string {
  const text = typed.trim();
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (!match) return text;
  const [, day = '', month = '', year = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** 12.000 đ; integer đồng only. */
export const formatVnd = (amount: number) => `${groupVnd(amount)}\u00a0đ`;

/** What was typed as an amount, whole đồng: digits only, at most the thirteen the server takes. */
export function parseVnd(typed: string): number | null {
  const digits = typed
    .replace(/\D/g, '')
    .replace(/^0+(?=\d)/, '')
    .slice(0, 13);
  return digits === '' ? null : Number(digits);
}

/** 12.000, as it is typed. */
export const groupVnd = (amount: number | null) =>
  amount === null ? '' : new Intl.NumberFormat('vi-VN').format(amount);

/** With a capital letter, where a word begins a line of its own. */
export const capital = (text: string) => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);

/** The date of an instant in Vietnam, `YYYY-MM-DD`. */
export const localDate = (date: Date) =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(date);

/** The first year of which there are books. */
const FIRST_YEAR = 2025;

/** The years of which there can be a book, this one first. */
export const bookYears = (now: Date): [number, ...number[]] => {
  const last = Number(localDate(now).slice(0, 4));
  const before = Math.max(last - FIRST_YEAR, 0);
  return [last, ...Array.from({ length: before }, (_, i) => last - 1 - i)];
};

/** The day after `YYYY-MM-DD`. */
export const dayAfter = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** An instant as RFC 3339 with Vietnam's offset, to the second. */
export const toVietnamInstant = (date: Date) =>
  new Date(date.getTime() + 7 * 3_600_000).toISOString().slice(0, 19) + '+07:00';
