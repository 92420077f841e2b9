import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { TimingText } from '@/features/deadline/TimingText';
import { usePolling } from '@/shared/api/live';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Dossier, DossierItem } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDateTime } from '@/shared/ui/format';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { Failure } from './actions/ActionPanel';
import { ApologiesToSign } from './ApologiesToSign';
import { dossiersQuery, useDossierAction } from './api';
import css from './approvals.module.css';
import { LetterButton } from './LetterButton';
import { newestOf } from './letters';

type Outcome = 'grant' | 'refuse';

/** What waits for this leader's signature: up and down to choose, Enter to open, the buttons to decide. */
export function ApprovalsScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation(['dossier', 'actions']);
  const refetchInterval = usePolling();
  const list = useQuery({
    ...dossiersQuery({ awaiting: 'signature', sort: 'due_at', limit: 25, cursor: props.cursor }),
    refetchInterval,
  });
  const [asked, setAsked] = useState<{ item: DossierItem; outcome: Outcome } | null>(null);
  const [done, setDone] = useState<{ words: string; signed?: Dossier } | null>(null);
  const apology = done?.signed && newestOf(done.signed, '04');
  const rows = useRef<HTMLUListElement>(null);

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const links = [...(rows.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const here = links.findIndex((el) => el.closest('li')?.contains(document.activeElement));
    const next = links[here + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };

  return (
    <Page title={t('approvals.title')} lead={t('approvals.lead')}>
      <div aria-live="polite">
        {done && (
          <Notice
            tone="good"
            title={done.words}
            foot={
              done.signed &&
              apology && (
                <LetterButton key={apology.id} dossierId={done.signed.id} letter={apology}>
                  {t('actions:printLetter')}
                </LetterButton>
              )
            }
          />
        )}
      </div>
      <ApologiesToSign onDone={(words, signed) => setDone({ words, signed })} />
      <h2>{t('apologies.queue')}</h2>
      {list.isPending && <Loading rows={6} />}
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty icon="sign" title={t('approvals.empty')} />}
      {list.data && list.data.items.length > 0 && (
        // The arrows are a convenience on top of Tab.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ul className={`${css.list} plain`} ref={rows} onKeyDown={onKeyDown}>
          {list.data.items.map((item) => (
            <li key={item.id} className={css.row}>
              <div>
                <Link data-row to="/dossiers/$id" params={{ id: item.id }} className="code">
                  {item.code}
                </Link>
                <p>
                  <strong>{item.owner.full_name}</strong> – {item.procedure.name}
                </p>
                <p className="small soft">
                  {item.authority.name}
                  {item.handler ? ` · ${item.handler.full_name}` : ''}
                  {item.due_at ? ` · ${t('dueOn', { date: formatDateTime(item.due_at) })}` : ''}
                </p>
              </div>
              <TimingText dossier={item} />
              <div className={css.buttons}>
                <Button
                  aria-label={t('approvals.grantOf', { code: item.code ?? '' })}
                  onClick={() => setAsked({ item, outcome: 'grant' })}
                >
                  {t('approvals.grant')}
                </Button>
                <Button
                  variant="default"
                  aria-label={t('approvals.refuseOf', { code: item.code ?? '' })}
                  onClick={() => setAsked({ item, outcome: 'refuse' })}
                >
                  {t('approvals.refuse')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Pager next={list.data?.next} prev={list.data?.prev} onGo={props.onGo} />
      <p className="small soft">{t('approvals.keys')}</p>
      {asked && (
        <ConfirmDecision
          {...asked}
          onClose={() => setAsked(null)}
          onDone={() => {
            setDone({
              words: t(asked.outcome === 'grant' ? 'approvals.granted' : 'approvals.refused', {
                code: asked.item.code ?? '',
              }),
            });
            setAsked(null);
          }}
        />
      )}
    </Page>
  );
}

function ConfirmDecision(props: {
  item: DossierItem;
  outcome: Outcome;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation(['dossier', 'actions', 'common']);
  const { item, outcome } = props;
  const [reason, setReason] = useState('');
  const action = useDossierAction(item);
  const refuse = outcome === 'refuse';
  const errors = errorsByField(action.isError ? asProblem(action.error) : null);
  return (
    <Dialog onClose={props.onClose} title={t(refuse ? 'approvals.askRefuse' : 'approvals.askGrant')}>
      <form
        className={css.dialog}
        onSubmit={(e) => {
          e.preventDefault();
          action.mutate(
            { action: 'decisions', body: refuse ? { outcome, reason } : { outcome } },
            { onSuccess: props.onDone },
          );
        }}
      >
        {action.isError && <Failure error={action.error} dossierId={item.id} />}
        <p>
          <span className="code">{item.code}</span> – {item.owner.full_name}
          <br />
          {item.procedure.name}
        </p>
        {refuse && (
          <Textarea
            required
            data-autofocus
            label={t('actions:decide.reason')}
            autosize
            minRows={3}
            value={reason}
            error={errors.reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
        )}
        <div className={css.buttons}>
          <Button
            type="submit"
            data-autofocus={refuse ? undefined : true}
            loading={action.isPending}
            color={refuse ? 'red' : undefined}
          >
            {refuse ? t('actions:decide.sendRefuse') : t('actions:decide.sendGrant')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
