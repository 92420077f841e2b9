import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { everyPage, WHOLE_PAGE } from '@/shared/api/pages';
import type {
  InspectionRecord,
  NewConductRecord,
  NewConductRevocation,
  NewFinding,
  NewFindingProlongation,
  NewFindingReport,
  NewInspection,
  NewInspectionCheck,
  NewInspectionConclusion,
  NewInspectionSample,
} from '@/shared/api/types';
import {
  conductFilter,
  findingFilter,
  inspectionFilter,
  type ConductSearch,
  type FindingSearch,
  type InspectionSearch,
  type UnitSearch,
} from './words';

export const inspectionsQuery = (search: InspectionSearch) =>
  queryOptions({
    queryKey: ['inspections', 'list', search],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/inspections', { params: { query: inspectionFilter(search) }, signal })),
    placeholderData: keepPreviousData,
  });

/** All of them, to choose one from. */
export const allInspectionsQuery = () =>
  queryOptions({
    queryKey: ['inspections', 'all'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(api.GET('/api/v1/inspections', { params: { query: { limit: WHOLE_PAGE, cursor } }, signal })),
      ),
  });

export const inspectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['inspections', 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/inspections/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
  });

/** What the team may look at; each one is recorded only when it is opened. */
export const inspectedDossiersQuery = (id: string, cursor?: string) =>
  queryOptions({
    queryKey: ['inspections', 'dossiers', id, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/inspections/{id}/dossiers', {
          params: { path: { id }, query: { limit: 20, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** Every sample of an inspection: there are few. */
export const samplesQuery = (id: string) =>
  queryOptions({
    queryKey: ['inspections', 'samples', id],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/inspections/{id}/samples', {
            params: { path: { id }, query: { limit: WHOLE_PAGE, cursor } },
            signal,
          }),
        ),
      ),
  });

export const unitsQuery = (id: string, sample: string, { outcome, cursor }: UnitSearch) =>
  queryOptions({
    queryKey: ['inspections', 'units', id, sample, outcome, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/inspections/{id}/samples/{sample_id}/units', {
          params: { path: { id, sample_id: sample }, query: { limit: 50, outcome, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const findingsQuery = (search: FindingSearch) =>
  queryOptions({
    queryKey: ['findings', 'list', search],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/findings', { params: { query: findingFilter(search) }, signal })),
    placeholderData: keepPreviousData,
  });

/** All of them, to choose one from. */
export const allFindingsQuery = () =>
  queryOptions({
    queryKey: ['findings', 'all'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(api.GET('/api/v1/findings', { params: { query: { limit: WHOLE_PAGE, cursor } }, signal })),
      ),
  });

export const findingCountsQuery = ({ inspection, authority, mine }: FindingSearch) =>
  queryOptions({
    queryKey: ['findings', 'counts', inspection, authority, mine],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/finding-counts', {
          params: {
            query: { inspection_id: inspection, authority_id: authority, mine: mine ? true : undefined },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const findingQuery = (id: string) =>
  queryOptions({
    queryKey: ['findings', 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/findings/{id}', { params: { path: { id } }, signal })),
  });

export const conductQuery = (search: ConductSearch) =>
  queryOptions({
    queryKey: ['conduct', 'list', search],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/conduct-records', { params: { query: conductFilter(search) }, signal })),
    placeholderData: keepPreviousData,
  });

export const conductRecordQuery = (id: string) =>
  queryOptions({
    queryKey: ['conduct', 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/conduct-records/{id}', { params: { path: { id } }, signal })),
  });

/** What was decided about oneself. */
export const ownConductQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['conduct', 'own', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/me/conduct-records', { params: { query: { limit: 20, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

/** What came out for every officer in a snapshot, to choose from what a record rests on. */
export const allOfficerResultsQuery = (id: string) =>
  queryOptions({
    queryKey: ['indices', 'officers', id, 'all'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        unwrap(
          api.GET('/api/v1/index-snapshots/{id}/officer-results', {
            params: { path: { id }, query: { limit: WHOLE_PAGE, cursor } },
            signal,
          }),
        ),
      ),
  });

interface Header {
  'Idempotency-Key': string;
}

/** Records something once, however often it is pressed; what was typed stays no longer than its form. */
function useRecord<B, T>(keys: string[], send: (body: B, header: Header) => Promise<T>) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: (body: B) => intent.run(body, (k) => send(body, { 'Idempotency-Key': k })),
    onSettled: () => Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
    gcTime: 0,
  });
}

export const useOpenInspection = () =>
  useRecord(['inspections'], (body: NewInspection, header) =>
    unwrap(api.POST('/api/v1/inspections', { params: { header }, body })),
  );

export const useEndInspection = (id: string, version: number) =>
  useRecord(['inspections'], (reason: string, header) =>
    unwrap(
      api.POST('/api/v1/inspections/{id}/endings', {
        params: { path: { id }, header: { ...header, 'If-Match': etag(version) } },
        body: { reason },
      }),
    ),
  );

export const useConclude = (id: string, version: number) =>
  useRecord(['inspections'], (body: NewInspectionConclusion, header) =>
    unwrap(
      api.POST('/api/v1/inspections/{id}/conclusions', {
        params: { path: { id }, header: { ...header, 'If-Match': etag(version) } },
        body,
      }),
    ),
  );

export const useDraw = (id: string) =>
  useRecord(['inspections'], (body: NewInspectionSample, header) =>
    unwrap(api.POST('/api/v1/inspections/{id}/samples', { params: { path: { id }, header }, body })),
  );

export const useCheck = (id: string, sample: string, place: number) =>
  useRecord(['inspections'], (body: NewInspectionCheck, header) =>
    unwrap(
      api.POST('/api/v1/inspections/{id}/samples/{sample_id}/units/{place}/checks', {
        params: { path: { id, sample_id: sample, place }, header },
        body,
      }),
    ),
  );

export const useMakeFinding = (id: string) =>
  useRecord(['findings'], (body: NewFinding, header) =>
    unwrap(api.POST('/api/v1/inspections/{id}/findings', { params: { path: { id }, header }, body })),
  );

/** What is done with a finding. */
export type FindingDoing =
  | { do: 'report'; body: NewFindingReport }
  | { do: 'accept'; note?: string }
  | { do: 'send_back'; note: string }
  | { do: 'prolong'; body: NewFindingProlongation }
  | { do: 'withdraw'; reason: string };

export function useActOnFinding(id: string, version: number) {
  return useRecord(['findings'], (doing: FindingDoing, key) => {
    const params = { path: { id }, header: { ...key, 'If-Match': etag(version) } };
    switch (doing.do) {
      case 'report':
        return unwrap(api.POST('/api/v1/findings/{id}/reports', { params, body: doing.body }));
      case 'accept':
      case 'send_back':
        return unwrap(
          api.POST('/api/v1/findings/{id}/acceptances', {
            params,
            body: { accepted: doing.do === 'accept', note: doing.note },
          }),
        );
      case 'prolong':
        return unwrap(api.POST('/api/v1/findings/{id}/prolongations', { params, body: doing.body }));
      case 'withdraw':
        return unwrap(
          api.POST('/api/v1/findings/{id}/withdrawals', { params, body: { reason: doing.reason } }),
        );
    }
  });
}

export const useKeepConduct = () =>
  useRecord(['conduct'], (body: NewConductRecord, header) =>
    unwrap(api.POST('/api/v1/conduct-records', { params: { header }, body })),
  );

export const useRevoke = (id: string) =>
  useRecord(['conduct'], (body: NewConductRevocation, header) =>
    unwrap(api.POST('/api/v1/conduct-records/{id}/revocations', { params: { path: { id }, header }, body })),
  );

/** The whole record of an inspection, stretch after stretch, as one. */
export async function wholeRecord(id: string): Promise<InspectionRecord> {
  const links: InspectionRecord['links'] = [];
  let after: number | undefined;
  for (;;) {
    const stretch = await unwrap(
      api.GET('/api/v1/inspections/{id}/record', { params: { path: { id }, query: { after } } }),
    );
    links.push(...stretch.links);
    const next = stretch.next_after;
    // A place that does not go on would be asked for for ever.
    if (typeof next !== 'number' || next <= (after ?? -1)) return { ...stretch, links, next_after: null };
    after = next;
  }
}
