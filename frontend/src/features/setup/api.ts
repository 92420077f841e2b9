import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setupQuery } from '@/features/account/api';
import { api, unwrap } from '@/shared/api/client';
import { asProblem } from '@/shared/api/problem';
import type { SetUp } from '@/shared/api/types';

export function useSetUp() {
  const queries = useQueryClient();
  const done = () => {
    queries.setQueryData(setupQuery().queryKey, { needed: false });
    // There is a centre now, maybe with a mark of its own for the head of the page.
    void queries.invalidateQueries({ queryKey: ['public-centres'] });
  };
  return useMutation({
    mutationFn: (body: SetUp) => unwrap(api.POST('/api/v1/setup', { body })),
    onSuccess: done,
    // Somebody was quicker, or the answer to the first try was lost.
    onError: (error) => {
      if (asProblem(error).code === 'setup_done') done();
    },
    gcTime: 0,
  });
}
