import type { CollectionVoid, LedgerEntry, Receipt } from '@/shared/api/types';
import { localDate } from '@/shared/ui/format';
import type { IconName } from '@/shared/ui/Icon';
import type { Tone } from '@/shared/ui/Notice';

/** What the page of receipts shows, the most asked for first. */
export const receiptTabs = ['issued', 'owed', 'voids', 'series'] as const;
export type ReceiptTab = (typeof receiptTabs)[number];

export const isReceiptTab = (value: unknown): value is ReceiptTab =>
  receiptTabs.includes(value as ReceiptTab);

/** How a receipt's standing looks; the word beside it says the same. */
export const receiptTone: Record<Receipt['state'], [Tone, IconName]> = {
  valid: ['good', 'check'],
  replaced: ['rest', 'edit'],
  voided: ['plain', 'cross'],
};

/** How it stands with taking a collection back. */
export const voidTone: Record<CollectionVoid['state'], [Tone, IconName]> = {
  proposed: ['soon', 'clock'],
  approved: ['good', 'check'],
  rejected: ['plain', 'cross'],
  lapsed: ['rest', 'clock'],
};

/** A receipt as people name it: its series and its number. */
export const nameOf = (receipt: Pick<Receipt, 'serial_symbol' | 'written'>) =>
  `${receipt.serial_symbol} ${receipt.written}`;

/** Whether it takes something off another, because that went back. */
export const takesOff = (receipt: Pick<Receipt, 'amount_vnd'>) => receipt.amount_vnd < 0;

/** Whether it holds as it was given: nothing was taken off it, and it takes nothing off another. */
export const isWhole = (receipt: Pick<Receipt, 'state' | 'amount_vnd' | 'adjusted_by'>) =>
  receipt.state === 'valid' && !takesOff(receipt) && !receipt.adjusted_by;

/**
 * What was collected and no receipt that holds says so, in đồng. What went back was collected, and receipted, all the
 * same.
 */
export const stillToReceipt = (collected: number, receipts: Pick<Receipt, 'state' | 'amount_vnd'>[]) =>
  Math.max(
    0,
    receipts.reduce(
      (rest, r) => (r.state === 'valid' && !takesOff(r) ? rest - r.amount_vnd : rest),
      collected,
    ),
  );

/** Accounts on which a collection stands that the bank or the payment platform told of. */
const NO_CASHIERS_WORD: LedgerEntry['postings'][number]['account'][] = ['bank', 'suspense', 'platform'];

/**
 * Whether the last collection may still be said to be none: by a cashier's word, still standing, and of this day in
 * Vietnam.
 */
export function mayBeVoided(entries: LedgerEntry[], now: Date): boolean {
  const last = [...entries].reverse().find((e) => e.kind === 'paid' || e.kind === 'reversed');
  return (
    last?.kind === 'paid' &&
    !last.postings.some((p) => NO_CASHIERS_WORD.includes(p.account)) &&
    localDate(new Date(last.at)) === localDate(now)
  );
}
