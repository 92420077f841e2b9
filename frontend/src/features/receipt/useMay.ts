import { useQuery } from '@tanstack/react-query';
import { meQuery } from '@/features/account/api';

/** What whoever is signed in may do with money and receipts. */
export type ReceiptPermission =
  | 'payments.read'
  | 'payments.collect'
  | 'payments.voids_approve'
  | 'payments.receipts'
  | 'payments.reconcile'
  | 'payments.cash';

/** Whether whoever is signed in may do it. */
export function useMay(permission: ReceiptPermission): boolean {
  return useQuery(meQuery()).data?.permissions.includes(permission) ?? false;
}
