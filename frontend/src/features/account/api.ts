import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import type {
  Centre,
  Client,
  FirstPassword,
  NewClient,
  NewDelegation,
  NewRole,
  NewUser,
  SecondFactorPolicy,
  User,
} from '@/shared/api/types';

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

/** Any of an account's settings, at the version last seen. */
export function useChangeUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ user, body }: { user: User; body: { active?: boolean; reset_second_factor?: boolean } }) =>
      unwrap(
        api.PATCH('/api/v1/users/{id}', {
          params: { path: { id: user.id }, header: { 'If-Match': etag(user.version) } },
          body,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

/** A role given, or one taken away. */
export function useChangeRoles() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (asked: { id: string; give?: NewRole; take?: string }) =>
      intent.run(asked, (key) => {
        const header = { 'Idempotency-Key': key };
        return asked.give
          ? unwrap(
              api.POST('/api/v1/users/{id}/roles', {
                params: { path: { id: asked.id }, header },
                body: asked.give,
              }),
            )
          : unwrap(
              api.POST('/api/v1/users/{id}/roles/{role_id}/endings', {
                params: { path: { id: asked.id, role_id: asked.take ?? '' }, header },
              }),
            );
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

/** First passwords for these accounts, one after another; each is told once, so none is kept longer than its page. */
export function useFirstPasswords() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (ids: string[]) => {
      const given: FirstPassword[] = [];
      for (const id of ids)
        given.push(
          await unwrap(api.POST('/api/v1/users/{id}/first-passwords', { params: { path: { id } } })),
        );
      return given;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
    gcTime: 0,
  });
}

export function useImportUsers() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: { content: string; dry_run: boolean }) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/user-imports', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
    gcTime: 0,
  });
}

export const centresQuery = () =>
  queryOptions({
    queryKey: ['centres'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/centres', { signal })),
  });

export function useSignInPolicy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ centre, policy }: { centre: Centre; policy: SecondFactorPolicy }) =>
      unwrap(
        api.PUT('/api/v1/centres/{id}/sign-in-policy', {
          params: { path: { id: centre.id }, header: { 'If-Match': etag(centre.version) } },
          body: { second_factor: policy },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['centres'] }),
  });
}

/** What one changes of one's own account; the page then knows anew what still waits. */
function useOwn<B, T>(mutationFn: (body: B) => Promise<T>, changes: boolean) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => (changes ? queries.invalidateQueries({ queryKey: ['me'] }) : undefined),
    gcTime: 0,
  });
}

export const useChangePassword = () =>
  useOwn(
    (body: { current_password: string; new_password: string }) =>
      unwrap(api.POST('/api/v1/me/password', { body })),
    true,
  );
export const useBeginSecondFactor = () =>
  useOwn((body: { password: string }) => unwrap(api.POST('/api/v1/me/second-factor', { body })), false);
export const useConfirmSecondFactor = () =>
  useOwn(
    (body: { code: string }) => unwrap(api.POST('/api/v1/me/second-factor/confirmations', { body })),
    true,
  );

export const rolesQuery = () =>
  queryOptions({
    queryKey: ['roles'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/roles', { signal })),
    staleTime: Infinity,
  });

export const delegationsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['delegations', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/delegations', { params: { query: { limit: 50, cursor } }, signal })),
  });

export const colleaguesQuery = () =>
  queryOptions({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(api.GET('/api/v1/colleagues', { params: { query: { limit: WHOLE_PAGE, cursor } }, signal })),
      ),
  });

export function useDelegate() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewDelegation) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/delegations', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['delegations'] }),
  });
}

export function useEndDelegation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST('/api/v1/delegations/{id}/endings', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['delegations'] }),
  });
}

export const clientsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['clients', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/clients', { params: { query: { limit: 50, cursor } }, signal })),
  });

export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: ['clients', 'usage', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/clients/{id}/usage', { params: { path: { id } }, signal })),
    staleTime: 0,
  });

/** Makes an account for another system; the answer holds a secret, told once. */
export function useCreateClient() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewClient) => unwrap(api.POST('/api/v1/clients', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clients'] }),
    gcTime: 0,
  });
}

export function useRotate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, hours }: { id: string; hours: number }) =>
      unwrap(
        api.POST('/api/v1/clients/{id}/secrets', {
          params: { path: { id } },
          body: { overlap_hours: hours },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clients'] }),
    gcTime: 0,
  });
}

export function useSetClientActive() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ client, active }: { client: Client; active: boolean }) =>
      unwrap(
        api.PATCH('/api/v1/clients/{id}', {
          params: { path: { id: client.id }, header: { 'If-Match': etag(client.version) } },
          body: { active },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['clients'] }),
  });
}
