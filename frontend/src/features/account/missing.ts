import type { Authority, Role, User } from '@/shared/api/types';

/** These work for one ward's authority, the others for the whole centre. */
export const ofAuthority: Role[] = ['handler', 'leader'];

/** Through whose hands a dossier passes, in this order. */
const hands: Role[] = ['reception', 'handler', 'leader', 'results_desk', 'cashier'];

export interface Missing {
  role: Role;
  authority?: Authority;
}

/** Whom a centre lacks before a dossier can go all the way: nobody active holds the role, there or everywhere. */
export function missingPeople(users: User[], authorities: Authority[]): Missing[] {
  const held = users.filter((u) => u.active).flatMap((u) => u.roles);
  return hands.flatMap((role): Missing[] => {
    const holders = held.filter((r) => r.role === role);
    if (!ofAuthority.includes(role)) return holders.length > 0 ? [] : [{ role }];
    return authorities
      .filter((a) => !holders.some((r) => !r.authority_id || r.authority_id === a.id))
      .map((authority) => ({ role, authority }));
  });
}
