import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '@/shared/i18n/locales/en';
import { vi } from '@/shared/i18n/locales/vi';
import { grouped, isMoneyState, minutesLeft, tally } from './words';

describe('a payment request in words', () => {
  it('is waited for in whole minutes, never in fewer than none', () => {
    const now = new Date('2026-11-29T09:00:00+07:00').getTime();
    expect(minutesLeft('2026-11-29T09:30:00+07:00', now)).toBe(30);
    expect(minutesLeft('2026-11-29T09:30:04+07:00', now)).toBe(30);
    expect(minutesLeft('2026-11-29T09:00:01+07:00', now)).toBe(1);
    expect(minutesLeft('2026-11-29T08:00:00+07:00', now)).toBe(0);
  });

  it('shows its reference in groups, and one of another form as it is', () => {
    expect(grouped('MC2611290004255')).toBe('MC 261129 00042 55');
    expect(grouped('XYZ')).toBe('XYZ');
  });
});

describe('collections that are held against money', () => {
  const of = (...amounts: number[]) =>
    tally(
      8_000,
      amounts.map((amount_vnd) => ({ amount_vnd })),
    );

  it('lack something, are too much, or are as much', () => {
    expect(of()).toEqual({ picked_vnd: 0, difference_vnd: -8_000, standing: 'none' });
    expect(of(3_000)).toEqual({ picked_vnd: 3_000, difference_vnd: -5_000, standing: 'less' });
    expect(of(3_000, 8_000)).toEqual({ picked_vnd: 11_000, difference_vnd: 3_000, standing: 'more' });
    expect(of(3_000, 5_000)).toEqual({ picked_vnd: 8_000, difference_vnd: 0, standing: 'even' });
  });

  it('make money that is listed by itself', () => {
    expect(isMoneyState('placed')).toBe(true);
    expect(isMoneyState('nowhere')).toBe(false);
  });
});

/**
 * Why a notification was refused is an open set in the contract, so a missing translation compiles: the words are held
 * against the rules and the readers of messages that say them instead.
 */
const backend = path.resolve(import.meta.dirname, '../../../../backend');
const read = (file: string) => readFileSync(path.join(backend, file), 'utf8');
const [notices, ledger] = [read('domain/src/fee/notice.rs'), read('domain/src/fee/ledger.rs')];
const readers = ['webhook.rs', 'platform.rs'].map((file) => read(`gateway/src/bank/${file}`)).join('\n');
/** The words of a closed list, as the rules have them. */
const words = (rules: string, name: string) =>
  [
    ...(new RegExp(`\\n    ${name} \\{(.*?)\\n    \\}`, 's').exec(rules)?.[1] ?? '').matchAll(/=> "(\w+)"/g),
  ].map((m) => m[1] ?? '');
const said = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((m) => m[1] ?? '');

describe.each([
  ['Vietnamese', vi],
  ['English', en],
])('the words of money in %s', (_, texts) => {
  const { told } = texts.payment;
  it('name every standing of a notification, and whoever tells', () => {
    expect(Object.keys(told.state).sort()).toEqual(words(notices, 'NoticeState').sort());
    const adapters = said(readers, /fn name\(&self\) -> &'static str \{\s*"(\w+)"/g);
    expect(Object.keys(told.adapter).sort()).toEqual(adapters.sort());
  });
  it('say why one was refused, or why nothing was made of it', () => {
    const faults = said(notices, /fault\(\s*"[^"]*",\s*"(\w+)"/g);
    const refusals = said(readers, /(?:Refusal::new\(|FieldError::new\(\s*"[^"]*",)\s*"(\w+)"/g);
    const whys = [...words(notices, 'NotApplied'), ...faults, ...refusals, 'notification_id_reused'];
    expect(whys.length).toBeGreaterThan(12);
    expect(Object.keys(told.reason).sort()).toEqual([...new Set(whys)].sort());
  });
  it('name every way of paying and every account of the ledger', () => {
    expect(Object.keys(texts.fee.method).sort()).toEqual(words(ledger, 'PaymentMethod').sort());
    expect(Object.keys(texts.fee.ledger.account).sort()).toEqual(words(ledger, 'Account').sort());
    expect(words(ledger, 'PaymentMethod')).toContain('online');
    expect(words(ledger, 'Account')).toContain('platform');
  });
});
