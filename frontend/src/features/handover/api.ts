import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import type { HandoverDesk } from './desks';

/** What stands in the address of the page; what is absent is chosen by the page. */
export interface HandoverSearch {
  day?: string;
  desk?: HandoverDesk;
  authority?: string;
}

/** One's own sheet of a day: to which desk, and whose dossiers. */
export interface HandoverSheetOf {
  day: string;
  to_desk: HandoverDesk;
  authority_id: string;
}

/** What was given, in order. Who takes it changes the sheet, so it stands with the lists of dossiers. */
export const handoverSheetQuery = (sheet: HandoverSheetOf) =>
  queryOptions({
    queryKey: ['dossiers', 'handover-sheet', sheet],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/handover-sheet', { params: { query: sheet }, signal })),
  });

/** The sheet as a document that both sides sign. */
export const handoverSheetDocument = (sheet: HandoverSheetOf) =>
  api.GET('/api/v1/handover-sheet/document.pdf', { params: { query: sheet }, parseAs: 'blob' });
