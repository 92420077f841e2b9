import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeeDueItem } from '@/shared/api/types';
import { formatDateTime, formatVnd } from '@/shared/ui/format';
import { Chip, Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { useAsk, useDue } from './api';
import css from './payment.module.css';
import { RequestCard } from './RequestCard';
import { UnknownCard } from './UnknownCard';
import { requestTone } from './words';

/** What the till shows: what is being collected, and what its list is narrowed by. */
export interface TillSearch {
  request?: string;
  code?: string;
  cursor?: string;
}

/** The till: what is to be collected, and beside it what is being collected now. */
export function TillScreen(props: { search: TillSearch; onSearch: (part: TillSearch) => void }) {
  const { t } = useTranslation('payment');
  const { request, code, cursor } = props.search;
  const [typed, setTyped] = useState(code ?? '');
  const field = useRef<HTMLInputElement>(null);
  const due = useDue(code, cursor);
  const ask = useAsk();
  const collect = (dossier: string) => {
    if (ask.isPending) return;
    ask.mutate(dossier, {
      onSuccess: (made) => props.onSearch({ request: made.id }),
    });
  };
  const find = (wanted: string) => props.onSearch({ code: wanted || undefined, cursor: undefined });
  return (
    <Page
      title={t('till.title')}
      lead={t('till.lead')}
      ownFocus
      aside={
        <Button component="a" href="/till/screen" target="motcua-till-screen" variant="default">
          {t('till.second')}
        </Button>
      }
    >
      <UnknownCard />
      <div className={css.till}>
        <Card id="due" title={t('due.title')}>
          {/* No form that Enter moves on in: a scanner ends what it reads with Enter. */}
          <form
            role="search"
            aria-label={t('due.find')}
            className={css.find}
            onSubmit={(e) => {
              e.preventDefault();
              find(typed.trim());
              // What is scanned next takes its place.
              field.current?.select();
            }}
          >
            <TextInput
              ref={field}
              name="code"
              label={t('due.code')}
              // The heading does not get the focus here: who hears the page is told with the field which one it is.
              aria-description={t('till.title')}
              value={typed}
              maxLength={64}
              // The scanner types here as soon as the page is open, over a code that stands there.
              autoFocus
              onFocus={(e) => e.currentTarget.select()}
              autoComplete="off"
              spellCheck={false}
              onChange={(e) => setTyped(e.currentTarget.value)}
            />
            <Button type="submit" variant="default">
              {t('due.look')}
            </Button>
            {code && (
              <Button
                variant="subtle"
                onClick={() => {
                  setTyped('');
                  find('');
                  field.current?.focus();
                }}
              >
                {t('due.all')}
              </Button>
            )}
          </form>
          {ask.isError && <ProblemNotice error={ask.error} />}
          {due.isPending && <Loading rows={6} />}
          {due.isError && <ProblemNotice error={due.error} onRetry={() => void due.refetch()} />}
          {due.data?.items.length === 0 && (
            <Empty icon="check" title={code ? t('due.notThis', { code }) : t('due.none')} />
          )}
          {due.data && due.data.items.length > 0 && (
            <ul className={css.due}>
              {due.data.items.map((item) => (
                <DueLine
                  key={item.dossier_id}
                  item={item}
                  busy={ask.isPending && ask.variables === item.dossier_id}
                  onCollect={() => collect(item.dossier_id)}
                />
              ))}
            </ul>
          )}
          <Pager
            next={due.data?.next}
            prev={due.data?.prev}
            onGo={(next) => props.onSearch({ cursor: next })}
          />
        </Card>
        {request ? (
          <RequestCard key={request} id={request} onAgain={collect} />
        ) : (
          <Card id="request" title={t('request.title')}>
            <Empty icon="card" title={t('request.none')} />
          </Card>
        )}
      </div>
    </Page>
  );
}

function DueLine({ item, busy, onCollect }: { item: FeeDueItem; busy: boolean; onCollect: () => void }) {
  const { t } = useTranslation(['payment', 'fee']);
  const code = item.dossier_code ?? t('noCode');
  return (
    <li>
      <div>
        <p>
          <span className="code">{code}</span>{' '}
          {item.request_state && (
            <Chip tone={requestTone[item.request_state][0]} icon={requestTone[item.request_state][1]}>
              {t(`state.${item.request_state}`)}
            </Chip>
          )}
        </p>
        <p>
          <span lang="vi">{item.owner_name}</span> – <span lang="vi">{item.procedure_name}</span>
        </p>
        <p className="small soft">
          {t(`fee:due.${item.due}`)} · {t('due.received', { at: formatDateTime(item.received_at) })}
        </p>
      </div>
      <div className={css.take}>
        <strong className="num">{formatVnd(item.amount_vnd)}</strong>
        <Button loading={busy} onClick={onCollect} aria-label={t('due.collectOf', { code })}>
          {t('due.collect')}
        </Button>
      </div>
    </li>
  );
}
