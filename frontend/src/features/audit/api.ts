import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';

/** The record, newest first; of one thing where its id is given. */
export const entriesQuery = (subject?: string, cursor?: string) =>
  queryOptions({
    queryKey: ['audit', subject, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/audit-entries', {
          params: { query: { limit: 50, subject_id: subject || undefined, cursor } },
          signal,
        }),
      ),
  });
