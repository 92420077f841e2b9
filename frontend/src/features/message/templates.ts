import type { MessageTemplate, MessageTemplateKey } from '@/shared/api/types';

export const keyOf = ({ told, channel, language }: MessageTemplateKey): MessageTemplateKey => ({
  told,
  channel,
  language,
});

/** The template asked for; where a step is not told by the channel, the same step by another. */
export function nearest(
  templates: MessageTemplate[],
  wanted: Partial<MessageTemplateKey>,
): MessageTemplate | undefined {
  const score = (t: MessageTemplate) =>
    (t.told === wanted.told ? 4 : 0) +
    (t.channel === wanted.channel ? 2 : 0) +
    (t.language === (wanted.language ?? 'vi') ? 1 : 0);
  return templates.reduce<MessageTemplate | undefined>(
    (best, t) => (best && score(best) >= score(t) ? best : t),
    undefined,
  );
}
