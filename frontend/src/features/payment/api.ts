import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { TICK_MS, usePolling } from '@/shared/api/live';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import type {
  BankTransaction,
  CollectionAccount,
  MoneyState,
  NewCollectionAccount,
  NewRefund,
  PaymentRequest,
  Refund,
} from '@/shared/api/types';

/** How often a payment that is being waited for is asked after. */
const WAITING_MS = 2_000;

/** What is to be collected; of one dossier when its code was read. */
export function useDue(code?: string, cursor?: string) {
  const polling = usePolling();
  return useQuery({
    // Under the lists of dossiers: what is pushed of one makes these be fetched again.
    queryKey: ['dossiers', 'due', code, cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/fees/due', { params: { query: { limit: 25, code, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: polling || TICK_MS,
  });
}

export const isOpen = (request: PaymentRequest) =>
  request.state === 'waiting' || request.state === 'partly_paid';

/** A request, asked after again and again while its money is waited for. */
export const requestQuery = (id?: string) =>
  queryOptions({
    queryKey: ['payment-request', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/payment-requests/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: Boolean(id),
    refetchInterval: ({ state }) => (state.data && !isOpen(state.data) ? TICK_MS : WAITING_MS),
    // The payer looks at the second screen while the cashier's own window may lie below another.
    refetchIntervalInBackground: true,
  });

/** Asks what a dossier owes of its payer; what is asked already comes back as it is. */
export function useAsk() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (dossier: string) =>
      intent.run(dossier, (key) =>
        unwrap(
          api.POST('/api/v1/payment-requests', {
            params: { header: { 'Idempotency-Key': key } },
            body: { dossier_id: dossier },
          }),
        ),
      ),
    onSuccess: (request) => {
      queries.setQueryData(requestQuery(request.id).queryKey, request);
      void queries.invalidateQueries({ queryKey: ['dossiers', 'due'] });
    },
  });
}

/** Ends a request at the version last seen. */
export function useCancel() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ request, reason }: { request: PaymentRequest; reason: string }) =>
      intent.run({ id: request.id, reason }, (key) =>
        unwrap(
          api.POST('/api/v1/payment-requests/{id}/cancellations', {
            params: {
              path: { id: request.id },
              header: { 'If-Match': etag(request.version), 'Idempotency-Key': key },
            },
            body: { reason },
          }),
        ),
      ),
    onSettled: (request, _, { request: { id } }) => {
      if (request) queries.setQueryData(requestQuery(id).queryKey, request);
      else void queries.invalidateQueries({ queryKey: ['payment-request', id] });
      void queries.invalidateQueries({ queryKey: ['dossiers', 'due'] });
    },
  });
}

/** Money that came, by what became of it. */
export function useMoney(state: MoneyState, cursor?: string) {
  return useQuery({
    queryKey: ['money', state, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/bank-transactions', { params: { query: { limit: 25, state, cursor } }, signal }),
      ),
    // The next page of a list may wait behind this one; another list's rows say something else.
    placeholderData: (shown, query) => (query?.queryKey[1] === state ? shown : undefined),
    refetchInterval: TICK_MS,
  });
}

/** What banks and the payment platform told of the centre, or what nobody knows whose it is or was refused. */
export function useTold(unplaced: boolean, cursor?: string) {
  return useQuery({
    queryKey: ['told', unplaced, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/bank-notifications', {
          params: { query: { limit: 25, unplaced, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

export const accountsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['collection-accounts', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/collection-accounts', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

/** Names an account to collect to. */
export function useProposeAccount() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewCollectionAccount) =>
      intent.run(body, (key) =>
        unwrap(
          api.POST('/api/v1/collection-accounts', { params: { header: { 'Idempotency-Key': key } }, body }),
        ),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['collection-accounts'] }),
  });
}

/** Confirms or ends an account at the version last seen. */
export function useChangeAccount() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ account, step }: { account: CollectionAccount; step: 'confirm' | 'end' }) =>
      intent.run({ id: account.id, step }, (key) => {
        const params = {
          path: { id: account.id },
          header: { 'If-Match': etag(account.version), 'Idempotency-Key': key },
        };
        return unwrap(
          step === 'confirm'
            ? api.POST('/api/v1/collection-accounts/{id}/confirmations', { params })
            : api.POST('/api/v1/collection-accounts/{id}/endings', { params }),
        );
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['collection-accounts'] }),
  });
}

/** After money was dealt with: its lists, the refunds, and what it may have paid. */
function useSettled() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [
        ['money'],
        ['refunds'],
        ['dossiers', 'due'],
        ['payment-request'],
        // What a receipt was given for may have gone back.
        ['dossiers', 'receipts'],
        ['dossier'],
      ].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
}

/** Says whose money it is, at the version last seen. */
export function useMatch() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ money, reference }: { money: BankTransaction; reference: string }) =>
      intent.run({ id: money.id, reference }, (key) =>
        unwrap(
          api.POST('/api/v1/bank-transactions/{id}/matches', {
            params: {
              path: { id: money.id },
              header: { 'If-Match': etag(money.version), 'Idempotency-Key': key },
            },
            body: { reference },
          }),
        ),
      ),
    onSettled: settled,
  });
}

/** Proposes that money goes back. */
export function useProposeRefund() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ money, body }: { money: BankTransaction; body: NewRefund }) =>
      intent.run({ id: money.id, body }, (key) =>
        unwrap(
          api.POST('/api/v1/bank-transactions/{id}/refunds', {
            params: {
              path: { id: money.id },
              header: { 'If-Match': etag(money.version), 'Idempotency-Key': key },
            },
            body,
          }),
        ),
      ),
    onSettled: settled,
  });
}

export function useRefunds(cursor?: string) {
  return useQuery({
    queryKey: ['refunds', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/refunds', { params: { query: { limit: 25, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: TICK_MS,
  });
}

/** Of which money, or of which receipt, it is proposed that it goes back, or decided and not done yet: the ids. */
export function useGoingBack(enabled: boolean) {
  const states: Refund['state'][] = ['proposed', 'approved'];
  return useQuery({
    queryKey: ['refunds', 'under-way'],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        states.map((state) =>
          everyPage((cursor) =>
            unwrap(
              api.GET('/api/v1/refunds', {
                params: { query: { limit: WHOLE_PAGE, state, cursor } },
                signal,
              }),
            ),
          ),
        ),
      );
      return new Set(lists.flatMap(({ items }) => items.map((r) => r.transaction_id ?? r.receipt_id)));
    },
    refetchInterval: TICK_MS,
    enabled,
  });
}

/** One of the ways a refund goes on, at the version last seen: `text` is the reason or the bank's reference. */
export function useRefundStep() {
  const settled = useSettled();
  const intent = useIntent();
  return useMutation({
    mutationFn: (wanted: { refund: Refund; step: 'approve' | 'reject' | 'payout'; text: string }) =>
      intent.run({ id: wanted.refund.id, step: wanted.step, text: wanted.text }, (key) => {
        const { refund, step, text } = wanted;
        const params = {
          path: { id: refund.id },
          header: { 'If-Match': etag(refund.version), 'Idempotency-Key': key },
        };
        if (step === 'approve') return unwrap(api.POST('/api/v1/refunds/{id}/approvals', { params }));
        if (step === 'reject')
          return unwrap(api.POST('/api/v1/refunds/{id}/rejections', { params, body: { reason: text } }));
        return unwrap(api.POST('/api/v1/refunds/{id}/payouts', { params, body: { bank_reference: text } }));
      }),
    onSettled: settled,
  });
}
