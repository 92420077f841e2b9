import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { api, etag, unwrap } from '@/shared/api/client';
import { useIntent } from '@/shared/api/intent';
import { usePolling } from '@/shared/api/live';
import { asProblem } from '@/shared/api/problem';
import type { Message, MessageLanguage } from '@/shared/api/types';
import { languages } from '@/shared/i18n';
import { useWord } from '@/shared/i18n/useWord';
import { formatDateTime } from '@/shared/ui/format';
import type { IconName } from '@/shared/ui/Icon';
import { Chip, Disclosure, Loading, ProblemNotice, type Tone } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { messagesQuery, reachQuery } from './api';
import css from './message.module.css';

const looks: Record<Message['state'], { tone: Tone; icon: IconName }> = {
  queued: { tone: 'rest', icon: 'clock' },
  held: { tone: 'soon', icon: 'pause' },
  sending: { tone: 'rest', icon: 'send' },
  sent: { tone: 'good', icon: 'check' },
  delivered: { tone: 'good', icon: 'check' },
  unknown: { tone: 'soon', icon: 'info' },
  failed: { tone: 'late', icon: 'late' },
  given_up: { tone: 'late', icon: 'late' },
  cancelled: { tone: 'plain', icon: 'cross' },
};

/** What the people of a dossier were told, and whether it arrived. */
export function MessagesCard({ id }: { id: string }) {
  const { t } = useTranslation('message');
  const [cursor, setCursor] = useState<string>();
  const refetchInterval = usePolling();
  const messages = useQuery({ ...messagesQuery(id, cursor), refetchInterval });
  const reach = useQuery(reachQuery(id));
  const may = useQuery(meQuery()).data?.permissions.includes('messages.resend') ?? false;
  const items = messages.data?.items ?? [];
  // Who looks at a dossier as the team of an inspection reads its page and papers, not what people were told.
  if (messages.isError && asProblem(messages.error).status === 404) return null;
  return (
    <Card id="messages" title={t('card.title')}>
      <div className={css.stack}>
        {messages.isPending && <Loading rows={2} />}
        {messages.isError && <ProblemNotice error={messages.error} onRetry={() => void messages.refetch()} />}
        {reach.data && (
          <p className="soft">
            {reach.data.channels.length > 0
              ? t('card.reach', { channels: reach.data.channels.map((c) => t(`channel.${c}`)).join(', ') })
              : t('card.noReach')}
          </p>
        )}
        {may && reach.data && reach.data.channels.length > 0 && (
          <LanguageField id={id} language={reach.data.language} />
        )}
        {messages.data && items.length === 0 && <p>{t('card.none')}</p>}
        {items.length > 0 && (
          <ul className={css.messages}>
            {items.map((message) => (
              <li key={message.id}>
                <OneMessage id={id} message={message} mayResend={may} />
              </li>
            ))}
          </ul>
        )}
        <Pager next={messages.data?.next} prev={messages.data?.prev} onGo={setCursor} />
      </div>
    </Card>
  );
}

function OneMessage({ id, message, mayResend }: { id: string; message: Message; mayResend: boolean }) {
  const { t } = useTranslation('message');
  const word = useWord();
  const look = looks[message.state];
  const queries = useQueryClient();
  const intent = useIntent();
  const resend = useMutation({
    mutationFn: () =>
      intent.run([message.id, message.version], (key) =>
        unwrap(
          api.POST('/api/v1/dossiers/{id}/messages/{mid}/resends', {
            params: {
              path: { id, mid: message.id },
              header: { 'If-Match': etag(message.version), 'Idempotency-Key': key },
            },
          }),
        ),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['dossier', id, 'messages'] }),
  });
  const at = message.delivered_at ?? message.sent_at;
  return (
    <>
      <div className={css.head}>
        <strong>{t(`told.${message.told}`)}</strong>
        <Chip tone={look.tone} icon={look.icon}>
          {t(`state.${message.state}`)}
        </Chip>
      </div>
      <p className="small soft">
        {[
          t(`channel.${message.channel}`),
          message.recipient,
          message.recipient_role === 'filer' && t('card.toFiler'),
          at ? formatDateTime(at) : t('card.made', { at: formatDateTime(message.created_at) }),
          message.next_attempt_at && t('card.next', { at: formatDateTime(message.next_attempt_at) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {message.last_error && (
        <p className="small">{word('message:error', message.last_error, t('error.other'))}</p>
      )}
      {message.body && (
        <Disclosure summary={t('card.read')}>
          {message.subject && <p className={css.subject}>{message.subject}</p>}
          <p className={css.body}>{message.body}</p>
        </Disclosure>
      )}
      {resend.isError && <ProblemNotice error={resend.error} />}
      {mayResend && message.resendable && (
        <div>
          <Button
            size="compact-md"
            variant="default"
            loading={resend.isPending}
            onClick={() => resend.mutate()}
          >
            {t('card.resend')}
          </Button>
        </div>
      )}
    </>
  );
}

function LanguageField({ id, language }: { id: string; language: MessageLanguage }) {
  const { t } = useTranslation('message');
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: (wanted: MessageLanguage) =>
      unwrap(
        api.PUT('/api/v1/dossiers/{id}/message-language', {
          params: { path: { id } },
          body: { language: wanted },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['dossier', id, 'message-language'] }),
  });
  return (
    <>
      <NativeSelect
        className={css.narrow}
        label={t('card.language')}
        value={set.variables && set.isPending ? set.variables : language}
        disabled={set.isPending}
        onChange={(e) => set.mutate(e.currentTarget.value as MessageLanguage)}
        data={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
      />
      {set.isError && <ProblemNotice error={set.error} />}
    </>
  );
}
