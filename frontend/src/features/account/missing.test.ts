import { describe, expect, it } from 'vitest';
import type { Authority, User } from '@/shared/api/types';
import { missingPeople } from './missing';

const wards = [
  { id: 'a', name: 'Ủy ban nhân dân phường A' },
  { id: 'b', name: 'Ủy ban nhân dân phường B' },
] as Authority[];
const person = (role: User['roles'][number]['role'], authority?: string, active = true) =>
  ({ active, roles: [{ role, authority_id: authority }] }) as User;
const names = (users: User[]) =>
  missingPeople(users, wards).map((m) => [m.role, m.authority?.id].filter(Boolean).join(' '));

describe('whom a centre lacks', () => {
  it('is everybody at first', () => {
    expect(names([person('admin')])).toEqual([
      'reception',
      'handler a',
      'handler b',
      'leader a',
      'leader b',
      'results_desk',
      'cashier',
    ]);
  });

  it('is whoever is not there, is there for another authority, or no longer works', () => {
    const users = [
      person('reception', undefined, false),
      person('handler', 'a'),
      person('leader', 'a'),
      person('leader', 'b'),
      person('results_desk'),
      person('cashier'),
    ];
    expect(names(users)).toEqual(['reception', 'handler b']);
  });
});
