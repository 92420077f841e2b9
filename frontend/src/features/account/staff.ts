import type { Role } from '@/shared/api/types';

/** The roles of staff, in the order of a dossier's way. */
export const staffRoles: Role[] = [
  'reception',
  'handler',
  'leader',
  'cashier',
  'results_desk',
  'director',
  'inspector',
  'admin',
];
