import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import type { NewSavedFilter } from '@/shared/api/types';

const KEY = ['saved-filters'];

export function useSavedFilters() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/saved-filters', { signal })),
  });
}

export function useSaveFilter() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewSavedFilter) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/saved-filters', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useDropFilter() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/v1/saved-filters/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
