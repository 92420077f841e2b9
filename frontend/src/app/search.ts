import type { BookSearch } from '@/features/certification/api';
import type { HandoverSearch } from '@/features/handover/api';
import { isHandoverDesk } from '@/features/handover/desks';
import type { LineSearch } from '@/features/indices/LineScreen';
import { isIndex } from '@/features/indices/words';
import type { MoneySearch } from '@/features/payment/MoneyScreen';
import type { TillSearch } from '@/features/payment/TillScreen';
import { isMoneyState } from '@/features/payment/words';
import type { ReceiptSearch } from '@/features/receipt/ReceiptsScreen';
import { isReceiptTab } from '@/features/receipt/words';
import type { RegisterSearch } from '@/features/register/api';
import type { SheetSearch } from '@/features/sheet/SheetsScreen';
import { isDay } from '@/features/sheet/words';
import type { StatementSearch } from '@/features/statement/StatementsScreen';
import { isShown } from '@/features/statement/words';

/** Reading what an address says, defensively: anybody may type it. */

/** A text that says something. */
export const text = (value: unknown) => {
  const s = typeof value === 'number' ? String(value) : value;
  return typeof s === 'string' && s !== '' ? s : undefined;
};
/** A number of something that is counted from one. */
export const counting = (value: unknown) => {
  const n = Number(value);
  return Number.isInteger(n) && n > 0 ? n : undefined;
};
/** Keys without a value do not appear in the address. */
export const given = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined)) as T;

export const cursorOnly = (raw: Record<string, unknown>): { cursor?: string } =>
  given({ cursor: text(raw.cursor) });

/** For which inspection a dossier is looked at, where one comes from it. */
export const dossierSearch = (raw: Record<string, unknown>): { inspection?: string } =>
  given({ inspection: text(raw.inspection) });

/** What the catalogue is narrowed by, as it stands in an address. */
export const catalogueSearch = (raw: Record<string, unknown>): { q?: string; field?: string } =>
  given({ q: text(raw.q), field: text(raw.field) });

/** What the book of certification is narrowed by. */
export const bookSearch = (raw: Record<string, unknown>): BookSearch =>
  given({
    kind: raw.kind === 'signature' ? 'signature' : undefined,
    authority: text(raw.authority),
    year: counting(raw.year),
    q: text(raw.q),
    cursor: text(raw.cursor),
  });

/** Which register of dossiers is read. */
export const registerSearch = (raw: Record<string, unknown>): RegisterSearch =>
  given({ authority: text(raw.authority), year: counting(raw.year), cursor: text(raw.cursor) });

/** Which figure of the indices is opened. */
export const lineSearch = (raw: Record<string, unknown>): LineSearch => {
  const index = counting(raw.index);
  return given({
    index: isIndex(index) ? index : undefined,
    own: counting(raw.own) === 1 ? 1 : undefined,
    cursor: text(raw.cursor),
  });
};

/** Which sheet of dossiers handed over is looked at. */
export const handoverSearch = (raw: Record<string, unknown>): HandoverSearch =>
  given({
    day: isDay(raw.day) ? raw.day : undefined,
    desk: isHandoverDesk(raw.desk) ? raw.desk : undefined,
    authority: text(raw.authority),
  });

/** What the till shows: what is being collected, and what its list is narrowed by. */
export const tillSearch = (raw: Record<string, unknown>): TillSearch =>
  given({ request: text(raw.request), code: text(raw.code), cursor: text(raw.cursor) });

/** Which money is listed. */
export const moneySearch = (raw: Record<string, unknown>): MoneySearch =>
  given({ state: isMoneyState(raw.state) ? raw.state : undefined, cursor: text(raw.cursor) });

/** Which statement is looked at, and what of it. */
export const statementSearch = (raw: Record<string, unknown>): StatementSearch => {
  const statement = text(raw.statement);
  return given({
    statement,
    show: statement && isShown(raw.show) ? raw.show : undefined,
    cursor: text(raw.cursor),
  });
};

/** Whose sheet is looked at, and of which days. */
export const sheetSearch = (raw: Record<string, unknown>): SheetSearch => {
  const day = (value: unknown) => (isDay(value) ? value : undefined);
  return given({ authority: text(raw.authority), from: day(raw.from), to: day(raw.to) });
};

/** Which receipts are listed, or what else of them. */
export const receiptSearch = (raw: Record<string, unknown>): ReceiptSearch =>
  given({
    tab: isReceiptTab(raw.tab) ? raw.tab : undefined,
    dossier_id: text(raw.dossier_id),
    cursor: text(raw.cursor),
  });

/**
 * A procedure's code holds a dot ("1.004873"), which web servers take for a file's extension when the page is
 * loaded by its address. There the dot is written as a dash.
 */
export const codeParam = {
  parse: ({ code }: { code: string }) => ({ code: code.replaceAll('-', '.') }),
  stringify: ({ code }: { code: string }) => ({ code: code.replaceAll('.', '-') }),
};
