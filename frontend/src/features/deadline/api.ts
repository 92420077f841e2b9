import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import type { Limit } from '@/shared/api/types';

/** The promised date of something received at that instant, with every counted and skipped day. */
export const deadlineQuery = (receivedAt: string, limit: Pick<Limit, 'amount' | 'unit'>, centreId?: string) =>
  queryOptions({
    queryKey: ['deadline', receivedAt, limit.amount, limit.unit, centreId],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/v1/deadlines/compute', {
          body: {
            received_at: receivedAt,
            limit: { amount: limit.amount, unit: limit.unit },
            centre_id: centreId,
          },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
