import { describe, expect, it } from 'vitest';
import type { MessageTemplate } from '@/shared/api/types';
import { keyOf, nearest } from './templates';

const template = (told: MessageTemplate['told'], channel: 'mail' | 'sms', language: 'vi' | 'en') =>
  ({ told, channel, language }) as MessageTemplate;

const all = [
  template('accepted', 'mail', 'vi'),
  template('accepted', 'mail', 'en'),
  template('accepted', 'sms', 'vi'),
  template('accepted', 'sms', 'en'),
  template('returned', 'mail', 'vi'),
  template('returned', 'mail', 'en'),
];

describe('choosing a template', () => {
  it('begins with the first, in Vietnamese', () => {
    expect(nearest(all, {})).toBe(all[0]);
    expect(nearest([], {})).toBeUndefined();
  });

  it('finds the one asked for', () => {
    for (const one of all) expect(nearest(all, keyOf(one))).toBe(one);
  });

  it('keeps step and language where the step is not told by the channel', () => {
    expect(nearest(all, { told: 'returned', channel: 'sms', language: 'en' })).toBe(all[5]);
  });
});
