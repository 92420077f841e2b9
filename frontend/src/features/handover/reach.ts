import type { Authority, Me } from '@/shared/api/types';

/** The authorities whose dossiers somebody may see: a role is for one of them, or for all that its centre receives for. */
export const withinReach = (roles: Me['roles'], authorities: Authority[]): Authority[] =>
  authorities.filter((authority) =>
    roles.some((role) =>
      role.authority_id
        ? role.authority_id === authority.id
        : role.centre_id && authority.served_by.includes(role.centre_id),
    ),
  );
