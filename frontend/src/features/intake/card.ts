import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '@/shared/api/client';

/** Reads the text a card scanner types. The text holds personal data: it goes in the body, nothing is kept. */
export function useCardReader() {
  return useMutation({
    mutationFn: (text: string) => unwrap(api.POST('/api/v1/citizen-cards/parse', { body: { text } })),
    gcTime: 0,
  });
}
