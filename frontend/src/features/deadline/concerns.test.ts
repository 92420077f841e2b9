import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '@/shared/i18n/locales/en';
import { vi } from '@/shared/i18n/locales/vi';
import { concerns, isConcern, toneOf } from './concerns';

const rules = readFileSync(
  path.resolve(import.meta.dirname, '../../../../backend/domain/src/deadline/watch.rs'),
  'utf8',
);
/** The words of a closed list, as the rules have them. */
const words = (name: string) =>
  [...(new RegExp(`\\b${name} \\{(.*?)\\n    \\}`, 's').exec(rules)?.[1] ?? '').matchAll(/=> "(\w+)"/g)].map(
    (m) => m[1] ?? '',
  );

describe('the lists of what is watched', () => {
  it('are those of the rules, each once', () => {
    expect([...concerns].sort()).toEqual(words('Concern').sort());
    expect(concerns).toHaveLength(13);
  });
  it.each([
    ['Vietnamese', vi],
    ['English', en],
  ])('have their words in %s, and so have the reasons of lateness', (_, texts) => {
    expect(concerns.filter((c) => !(c in texts.dossier.concern) || !(c in texts.watch.hint))).toEqual([]);
    expect(Object.keys(texts.dossier.lateReason).sort()).toEqual(words('LateReason').sort());
  });
  it('are called in Vietnamese as the rules call them', () => {
    for (const [, name, label] of rules.matchAll(/Self::(\w+) => "([^"]*[^\w"][^"]*)"/g)) {
      const key = (name ?? '').replace(/(?<=.)[A-Z]/g, (c) => `_${c}`).toLowerCase();
      expect([key, vi.dossier.concern[key as keyof typeof vi.dossier.concern]]).toEqual([key, label]);
    }
  });
  it('are red only when late', () => {
    expect(concerns.filter((c) => toneOf(c) === 'late')).toEqual([
      'overdue',
      'apology_missing',
      'unanswered',
    ]);
  });
  it('know their own', () => {
    expect(['overdue', 'late', 7, undefined].map(isConcern)).toEqual([true, false, false, false]);
  });
});
