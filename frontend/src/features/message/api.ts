import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';
import type { MessageTemplateKey } from '@/shared/api/types';

/** What the people of a dossier were told, newest first. */
export const messagesQuery = (id: string, cursor?: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'messages', cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/dossiers/{id}/messages', {
          params: { path: { id }, query: { limit: 20, cursor } },
          signal,
        }),
      ),
  });

/** In which language, and by which channels. */
export const reachQuery = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id, 'message-language'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/dossiers/{id}/message-language', { params: { path: { id } }, signal })),
  });

export const templatesQuery = () =>
  queryOptions({
    queryKey: ['message-templates'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/message-templates', { signal })),
  });

export const templateVersionsQuery = (of: MessageTemplateKey, cursor?: string) =>
  queryOptions({
    queryKey: ['message-templates', 'versions', of, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/message-templates/versions', {
          params: { query: { ...of, limit: 10, cursor } },
          signal,
        }),
      ),
  });

export const settingsQuery = () =>
  queryOptions({
    queryKey: ['message-settings'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/message-settings', { signal })),
    staleTime: 0,
  });
