import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '@/shared/i18n/locales/en';
import { vi } from '@/shared/i18n/locales/vi';
import { actionForms } from './actions/forms';

const rules = path.resolve(import.meta.dirname, '../../../../backend/domain/src/dossier');
const read = (file: string) => readFileSync(path.join(rules, file), 'utf8');
const source = readdirSync(rules)
  .filter((file) => file.endsWith('.rs'))
  .map(read)
  .join('\n');

/**
 * The words of the timeline and the names of the actions are open sets in the contract, so a missing translation
 * compiles: they are held against the rules that say them instead.
 */
const said = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map((m) => m[1] ?? '');
const services = path.resolve(import.meta.dirname, '../../../../backend/services/src');
const besideTheRules = readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.rs'))
  .map((file) => readFileSync(path.join(services, file), 'utf8'))
  .join('\n');
const otherKinds = said(/kind: "([a-z_]+)",\s+transition:/g, besideTheRules);
const kinds = [...said(/Outcome::new\([^;]*?"([a-z_]+)"/g, source), ...otherKinds];
const actions = said(/=> "([a-z-]+)",/g, /\bAction \{[^}]*\}/.exec(read('command.rs'))?.[0] ?? '');

describe.each([
  ['Vietnamese', vi],
  ['English', en],
])('in %s', (_, words) => {
  it('every step of the timeline has its word', () => {
    expect(kinds.length).toBeGreaterThan(25);
    expect(otherKinds).toEqual(
      expect.arrayContaining(['fees_returned', 'amended', 'due_date_rolled', 'office_time_rolled']),
    );
    expect(kinds.filter((kind) => !(kind in words.dossier.event))).toEqual([]);
  });
  it('every action with a form has its name', () => {
    expect(Object.keys(actionForms).filter((action) => !(action in words.actions.name))).toEqual([]);
  });
});

it('every action of the rules has a form, but submitting, which is part of taking in', () => {
  expect(actions.length).toBeGreaterThan(20);
  expect(actions.filter((action) => !(action in actionForms))).toEqual(['submissions']);
});
