import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import type { NewUser, User } from '@/shared/api/types';

export const meQuery = () =>
  queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me', { signal })),
    staleTime: Infinity,
  });

/** Sign-ins of a demonstration; a real server answers 404 and there are none. */
export const demoAccountsQuery = () =>
  queryOptions({
    queryKey: ['demo-accounts'],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/api/v1/demo/accounts', { signal });
      return data ?? null;
    },
    retry: false,
    staleTime: Infinity,
  });

/** Whether this installation is empty and waits for its first start. */
export const setupQuery = () =>
  queryOptions({
    queryKey: ['setup'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/setup', { signal })),
    staleTime: Infinity,
  });

/** Asked for at the sign-in page only, and never of a demonstration, which has its people. */
export function useSetupNeeded(): boolean {
  const demo = useQuery(demoAccountsQuery());
  const setup = useQuery({ ...setupQuery(), enabled: demo.data === null });
  return setup.data?.needed ?? false;
}

export const usersQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['users', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/users', { params: { query: { limit: 50, cursor } }, signal })),
  });

export function useCreateUser() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewUser) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/users', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

export function useSetActive() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ user, active }: { user: User; active: boolean }) =>
      unwrap(
        api.PATCH('/api/v1/users/{id}', {
          params: { path: { id: user.id }, header: { 'If-Match': etag(user.version) } },
          body: { active },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}
