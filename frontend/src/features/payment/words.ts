import type {
  BankNotification,
  MoneyState,
  PaymentRequest,
  UnbankedCollection,
  UnknownPayment,
} from '@/shared/api/types';
import type { IconName } from '@/shared/ui/Icon';
import type { Tone } from '@/shared/ui/Notice';

/** How a request's standing looks; the word beside it says the same. */
export const requestTone: Record<PaymentRequest['state'], [Tone, IconName]> = {
  waiting: ['accent', 'clock'],
  partly_paid: ['soon', 'pause'],
  paid: ['good', 'check'],
  overpaid: ['soon', 'info'],
  expired: ['rest', 'clock'],
  cancelled: ['plain', 'cross'],
};

/** How it stands with a payment whose terminal or bank did not answer. */
export const unknownTone: Record<UnknownPayment['state'], [Tone, IconName]> = {
  unknown: ['soon', 'clock'],
  came: ['good', 'check'],
  did_not_come: ['plain', 'cross'],
};

/** What became of what was told; the word beside it says the same. */
export const toldTone: Record<BankNotification['state'], [Tone, IconName]> = {
  stored: ['rest', 'clock'],
  done: ['good', 'check'],
  unknown_account: ['soon', 'info'],
  not_applied: ['soon', 'info'],
  refused: ['late', 'cross'],
};

/** What somebody must look at, the most pressing first. */
export const moneyLists: MoneyState[] = ['to_refund', 'unmatched', 'held', 'matched', 'placed', 'refunded'];

export const isMoneyState = (value: unknown): value is MoneyState => moneyLists.includes(value as MoneyState);

/** Whole minutes left: at least one while there is time, 0 when it is over. */
export const minutesLeft = (until: string, now: number) => {
  const left = new Date(until).getTime() - now;
  return left <= 0 ? 0 : Math.max(1, Math.round(left / 60_000));
};

/** A reference in groups that are easily read aloud and compared: `MC 261129 00042 55`. */
export const grouped = (reference: string) =>
  reference.replace(/^([A-Z]{2})(\d{6})(\d{5})(\d{2})$/, '$1 $2 $3 $4');

/** How what is ticked stands against the money that came. */
export interface Tally {
  picked_vnd: number;
  /** What is ticked less the money: below zero while something is lacking. */
  difference_vnd: number;
  standing: 'none' | 'less' | 'more' | 'even';
}

export function tally(amount: number, picked: Pick<UnbankedCollection, 'amount_vnd'>[]): Tally {
  const sum = picked.reduce((all, c) => all + c.amount_vnd, 0);
  const difference = sum - amount;
  const uneven = difference < 0 ? 'less' : 'more';
  return {
    picked_vnd: sum,
    difference_vnd: difference,
    standing: picked.length === 0 ? 'none' : difference === 0 ? 'even' : uneven,
  };
}
