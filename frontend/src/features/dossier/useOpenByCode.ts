import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { dossiersQuery } from './api';

/** Opens the dossier of a code; tells whether there was one to open. */
export function useOpenByCode() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (code: string) => {
      const page = await queries.fetchQuery({ ...dossiersQuery({ q: code, limit: 2 }), staleTime: 0 });
      const found = page.items.find((d) => d.code === code);
      if (found) await navigate({ to: '/dossiers/$id', params: { id: found.id } });
      return Boolean(found);
    },
  });
}
