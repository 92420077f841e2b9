import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { procedureQuery } from '@/features/catalogue/api';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { IntakeDraft, NewIntakeDraft } from '@/shared/api/types';
import { readForm } from './kept';
import type { IntakeForm } from './state';

/** More of them would push the form, which is what the counter is for, off the screen. */
const SHOWN = 5;
export const DRAFTS = ['intake-drafts'];

/** Whose intakes were begun must not stay in memory longer than the list of them. */
export const intakeDraftsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: [...DRAFTS, cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/intake-drafts', { params: { query: { limit: SHOWN, cursor } }, signal })),
    gcTime: 0,
  });

/** Somebody has sent or dropped the draft meanwhile. */
export function isGone(error: unknown): boolean {
  if (!error) return false;
  const problem = asProblem(error);
  return problem.status === 404 || 'draft_id' in errorsByField(problem);
}

const toDraft = (form: IntakeForm): NewIntakeDraft => ({
  procedure_code: form.procedureCode,
  owner_name: form.owner.values.full_name.trim() || undefined,
  // The contract leaves open what a form is; it comes back as it went.
  form: form as unknown as NewIntakeDraft['form'],
});

/** Keeps a form: anew, or in the place of the draft it was taken from. */
export function useKeep() {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation({
    mutationFn: ({ draft, form }: { draft: IntakeDraft | null; form: IntakeForm }) => {
      const body = toDraft(form);
      if (!draft)
        return intent.run(body, (key) =>
          unwrap(api.POST('/api/v1/intake-drafts', { params: { header: { 'Idempotency-Key': key } }, body })),
        );
      return unwrap(
        api.PUT('/api/v1/intake-drafts/{id}', {
          params: { path: { id: draft.id }, header: { 'If-Match': etag(draft.version) } },
          body,
        }),
      );
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: DRAFTS }),
    gcTime: 0,
  });
}

/** Reads a draft and what its form needs to be shown whole. */
export function useTakeUp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const draft = await unwrap(api.GET('/api/v1/intake-drafts/{id}', { params: { path: { id } } }));
      const form = readForm(draft.form);
      try {
        if (form.procedureCode) await queries.ensureQueryData(procedureQuery(form.procedureCode));
        return { draft, form };
      } catch (error) {
        if (asProblem(error).status !== 404) throw error;
        // It has ended meanwhile: another has to be chosen, and with it other papers.
        return { draft, form: { ...form, procedureCode: '', counts: {}, onTheSpot: false } };
      }
    },
    onError: () => void queries.invalidateQueries({ queryKey: DRAFTS }),
    gcTime: 0,
  });
}

export function useDrop() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api/v1/intake-drafts/{id}', { params: { path: { id } } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: DRAFTS }),
  });
}
