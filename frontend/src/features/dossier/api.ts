import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { usePolling } from '@/shared/api/live';
import { asProblem } from '@/shared/api/problem';
import type {
  Dossier,
  DossierFilter,
  NewAcceptance,
  NewAcknowledgement,
  NewDecision,
  NewDossier,
  NewHandover,
  NewRefusal,
  NewResult,
  NewReturn,
  NewSupplement,
  NewSupplementRequest,
} from '@/shared/api/types';

export const dossiersQuery = (filter: DossierFilter) =>
  queryOptions({
    queryKey: ['dossiers', filter],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/dossiers', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });

/** One page of a list, less what stands in another list (of which at most a hundred are looked at). */
export function useDossierPage(filter: DossierFilter, except?: DossierFilter) {
  const refetchInterval = usePolling();
  const page = useQuery({ ...dossiersQuery(filter), refetchInterval });
  const others = useQuery({
    ...dossiersQuery({ ...except, limit: 100 }),
    refetchInterval,
    enabled: except !== undefined,
  });
  const out = new Set(except ? others.data?.items.map((d) => d.id) : []);
  const ready = !except || others.data !== undefined || others.isError;
  const data =
    page.data && ready ? { ...page.data, items: page.data.items.filter((d) => !out.has(d.id)) } : undefined;
  return { ...page, data };
}

export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/dossiers/{id}', { params: { path: { id } }, signal })),
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'timeline'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/dossiers/{id}/timeline', {
          params: { path: { id }, query: { limit: 100 } },
          signal,
        }),
      ),
  });

/** Whole identity numbers and phones. Every call is written into the audit record, so it is never made unasked. */
export const personalDataQuery = (id: string) =>
  queryOptions({
    queryKey: ['personal-data', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/dossiers/{id}/personal-data', { params: { path: { id } }, signal })),
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });

export const slipQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'slip'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/dossiers/{id}/reception-slip', { params: { path: { id } }, signal })),
  });

/** What an officer does with a dossier: the record that is created, and its content. */
export type DossierCommand =
  | { action: 'acceptances'; body: NewAcceptance }
  | { action: 'refusals'; body: NewRefusal }
  | { action: 'supplement-requests'; body: NewSupplementRequest }
  | { action: 'supplements'; body: NewSupplement }
  | { action: 'handovers'; body: NewHandover }
  | { action: 'acknowledgements'; handoverId: string; body: NewAcknowledgement }
  | { action: 'claims' }
  | { action: 'decisions'; body: NewDecision }
  | { action: 'results'; body: NewResult }
  | { action: 'returns'; body: NewReturn }
  | { action: 'withdrawals'; body: { reason: string; declined?: boolean } };

interface Target {
  id: string;
  version: number;
}

function send({ id, version }: Target, command: DossierCommand, key: string): Promise<Dossier> {
  const params = {
    path: { id },
    header: { 'If-Match': etag(version), 'Idempotency-Key': key },
  };
  switch (command.action) {
    case 'acceptances':
      return unwrap(api.POST('/api/v1/dossiers/{id}/acceptances', { params, body: command.body }));
    case 'refusals':
      return unwrap(api.POST('/api/v1/dossiers/{id}/refusals', { params, body: command.body }));
    case 'supplement-requests':
      return unwrap(api.POST('/api/v1/dossiers/{id}/supplement-requests', { params, body: command.body }));
    case 'supplements':
      return unwrap(api.POST('/api/v1/dossiers/{id}/supplements', { params, body: command.body }));
    case 'handovers':
      return unwrap(api.POST('/api/v1/dossiers/{id}/handovers', { params, body: command.body }));
    case 'acknowledgements':
      return unwrap(
        api.POST('/api/v1/dossiers/{id}/handovers/{hid}/acknowledgements', {
          params: { ...params, path: { id, hid: command.handoverId } },
          body: command.body,
        }),
      );
    case 'claims':
      return unwrap(api.POST('/api/v1/dossiers/{id}/claims', { params }));
    case 'decisions':
      return unwrap(api.POST('/api/v1/dossiers/{id}/decisions', { params, body: command.body }));
    case 'results':
      return unwrap(api.POST('/api/v1/dossiers/{id}/results', { params, body: command.body }));
    case 'returns':
      return unwrap(api.POST('/api/v1/dossiers/{id}/returns', { params, body: command.body }));
    case 'withdrawals':
      return unwrap(api.POST('/api/v1/dossiers/{id}/withdrawals', { params, body: command.body }));
  }
}

function remember(queries: QueryClient, dossier: Dossier) {
  queries.setQueryData(dossierQuery(dossier.id).queryKey, dossier);
  void queries.invalidateQueries({ queryKey: ['dossiers'] });
  void queries.invalidateQueries({ queryKey: ['dossier', dossier.id] });
}

/** Carries out commands on one dossier at the version last seen; a stale version makes everything be read again. */
export function useDossierAction(target: Target) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (command: DossierCommand) =>
      intent.run({ id: target.id, command }, (key) => send(target, command, key)),
    onSuccess: (dossier) => remember(queries, dossier),
    onError: (error) => {
      const { stale, status } = asProblem(error);
      if (stale || status === 409) void queries.invalidateQueries({ queryKey: ['dossier', target.id] });
    },
  });
}

export function useIntake() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: NewDossier) =>
      intent.run(body, (key) =>
        unwrap(api.POST('/api/v1/dossiers', { params: { header: { 'Idempotency-Key': key } }, body })),
      ),
    onSuccess: (dossier) => remember(queries, dossier),
  });
}
