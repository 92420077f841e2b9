import { describe, expect, it } from 'vitest';
import type { Authority, Me } from '@/shared/api/types';
import { handoverDesks, isHandoverDesk } from './desks';
import { withinReach } from './reach';

const authorities = [
  { id: 'a', served_by: ['one'] },
  { id: 'b', served_by: ['one', 'two'] },
  { id: 'c', served_by: [] as string[] },
] as Authority[];
type Held = Me['roles'][number];
const held = (centre?: string, authority?: string) =>
  ({ role: 'handler', centre_id: centre, authority_id: authority, delegated: false }) as Held;
const ids = (...roles: Held[]) => withinReach(roles, authorities).map((a) => a.id);

describe('whose dossiers somebody may see', () => {
  it('is the authority that a role is for', () => expect(ids(held('one', 'b'))).toEqual(['b']));
  it('is every authority of the centre where a role is for no one of them', () => {
    expect(ids(held('one'))).toEqual(['a', 'b']);
    expect(ids(held('two'))).toEqual(['b']);
  });
  it('is what all roles have together, each once', () => {
    expect(ids(held('two'), held('one', 'a'), held('one', 'b'))).toEqual(['a', 'b']);
  });
  it('is nobody without a role', () => expect(ids()).toEqual([]));
});

describe('a desk in an address', () => {
  it('is one that dossiers are given to', () => {
    expect(handoverDesks.every(isHandoverDesk)).toBe(true);
    expect(['citizen', 'archive', '', undefined, 3].filter(isHandoverDesk)).toEqual([]);
  });
});
