import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '@/features/account/api';
import { api, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { TICK_MS } from '@/shared/api/live';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import { asProblem } from '@/shared/api/problem';
import type { BankStatement, LineClass, NewStatementColumns, StatementFormat } from '@/shared/api/types';
import type { ChosenStatement } from './file';

/** How often a statement that is being gone through is asked after. */
const GOING_MS = 1_000;

const isGoing = (statement: Pick<BankStatement, 'state'>) => statement.state === 'stored';

/** Whether whoever is signed in brings statements in. */
export const useReconciles = (): boolean =>
  useQuery(meQuery()).data?.permissions.includes('payments.reconcile') ?? false;

/** Every account that is or was collected to: a statement may be of one that has ended. */
export function useConfirmedAccounts() {
  return useQuery({
    queryKey: ['collection-accounts', 'confirmed'],
    queryFn: async ({ signal }) => {
      const { items } = await everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/collection-accounts', {
            params: { query: { limit: WHOLE_PAGE, cursor } },
            signal,
          }),
        ),
      );
      return items.filter((a) => a.confirmed_at);
    },
  });
}

/** Statements, the last brought in first; asked after again and again while one is gone through. */
export function useStatements(cursor?: string) {
  return useQuery({
    queryKey: ['bank-statements', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/bank-statements', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isGoing) ? GOING_MS : TICK_MS),
  });
}

/** A statement and how many of its lines are what, as far as it has been gone through. */
export function useStatement(id: string) {
  return useQuery({
    queryKey: ['bank-statement', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/bank-statements/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? GOING_MS : false),
  });
}

/** Its lines that were gone through; `done` makes them be fetched once more at the end. */
export function useLines(id: string, wanted: { class?: LineClass; cursor?: string; done: boolean }) {
  const { done, ...query } = wanted;
  return useQuery({
    queryKey: ['bank-statement', id, 'lines', query, done],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/bank-statements/{id}/lines', {
          params: { path: { id }, query: { limit: 25, ...query } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: done ? false : GOING_MS,
  });
}

/** Money that was told of and stands on no statement; known only when all its lines are. */
export function useMissing(id: string, done: boolean, cursor?: string) {
  return useQuery({
    queryKey: ['bank-statement', id, 'missing', cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/bank-statements/{id}/missing', {
          params: { path: { id }, query: { limit: 25, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: done,
  });
}

/** What the columns of a bank's sheets are called; `null` where nobody has said. */
export const columnsQuery = (bin: string) =>
  queryOptions({
    queryKey: ['statement-columns', bin],
    queryFn: async ({ signal }) => {
      try {
        return await unwrap(
          api.GET('/api/v1/statement-columns/{bank_bin}', { params: { path: { bank_bin: bin } }, signal }),
        );
      } catch (error) {
        if (asProblem(error).status === 404) return null;
        throw error;
      }
    },
    enabled: bin !== '',
  });

/** Says what the columns are called from now on. */
export function useNameColumns() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewStatementColumns) =>
      intent.run(body, (key) =>
        unwrap(
          api.POST('/api/v1/statement-columns', { params: { header: { 'Idempotency-Key': key } }, body }),
        ),
      ),
    onSuccess: (named) => queries.setQueryData(columnsQuery(named.bank_bin).queryKey, named),
  });
}

/** Brings a statement in; `made` is false when the same file was there already. */
export function useBringIn() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (wanted: { account: string; format: StatementFormat; file: ChosenStatement }) => {
      const { account, format, file } = wanted;
      return intent.run({ account, format, file: file.id }, async (key) => {
        let made = false;
        const statement = await unwrap(
          api
            .POST('/api/v1/bank-statements', {
              params: { header: { 'Idempotency-Key': key } },
              body: { account_id: account, format, file_name: file.name, file: file.base64 },
            })
            .then((answer) => {
              made = answer.response.status === 201;
              return answer;
            }),
        );
        return { statement, made };
      });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['bank-statements'] }),
  });
}
