import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TICK_MS, usePolling } from '@/shared/api/live';
import { asProblem } from '@/shared/api/problem';
import type { ApologyItem, Dossier } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Pager } from '@/shared/ui/Pager';
import { Failure } from './actions/ActionPanel';
import { LetterForm, ReturnApologyForm, SignBy } from './actions/apologyForms';
import { apologiesQuery, useDossierAction } from './api';
import css from './approvals.module.css';
import type { DossierCommand } from './commands';

type What = 'sign' | 'back';

/** Letters of apology that handlers have drafted, in full, those first that must be signed soonest. None: nothing. */
export function ApologiesToSign({ onDone }: { onDone: (words: string, signed?: Dossier) => void }) {
  const { t } = useTranslation('dossier');
  const [cursor, setCursor] = useState<string>();
  // The last day to sign passes by time alone.
  const polling = usePolling();
  const list = useQuery({ ...apologiesQuery(cursor), refetchInterval: polling || TICK_MS });
  const [asked, setAsked] = useState<{ item: ApologyItem; what: What } | null>(null);
  const items = list.data?.items ?? [];
  if (list.isError) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (items.length === 0 && !asked) return null;
  return (
    <section aria-labelledby="apologies-title" className={css.section}>
      <div>
        <h2 id="apologies-title">{t('apologies.title')}</h2>
        <p className="small soft">{t('apologies.lead')}</p>
      </div>
      <ul className={`${css.list} plain`}>
        {items.map((item) => (
          <Row key={item.apology.id} item={item} onAsk={(what) => setAsked({ item, what })} />
        ))}
      </ul>
      <Pager next={list.data?.next} prev={list.data?.prev} onGo={setCursor} />
      {asked && (
        <Ask
          {...asked}
          onClose={() => setAsked(null)}
          onDone={(after) => {
            const code = asked.item.code ?? '';
            setAsked(null);
            if (asked.what === 'sign') onDone(t('apologies.signed', { code }), after);
            else onDone(t('apologies.sentBack', { code }));
          }}
        />
      )}
    </section>
  );
}

function Row({ item, onAsk }: { item: ApologyItem; onAsk: (what: What) => void }) {
  const { t } = useTranslation('dossier');
  const { apology } = item;
  const code = item.code ?? '';
  return (
    <li className={css.row}>
      <div className={css.letter}>
        <Link to="/dossiers/$id" params={{ id: item.dossier_id }} className="code">
          {item.code ?? t('noCode')}
        </Link>
        <p>
          <strong>{item.owner_name}</strong> – {item.procedure_name}
        </p>
        <p>
          {item.due_at && (
            <strong>
              {t('apologies.move', {
                from: formatDate(item.due_at),
                to: formatDate(apology.new_due_on),
              })}
            </strong>
          )}
          {' · '}
          {t(`lateReason.${apology.reason_code}`)}
        </p>
        <p className={css.text}>{apology.reason}</p>
        <p className="small soft">
          {t('apologies.by', {
            name: apology.drafted_by.full_name,
            at: formatDateTime(apology.drafted_at),
          })}
        </p>
      </div>
      <SignBy latest={apology.latest_on} />
      <div className={css.buttons}>
        <Button aria-label={t('apologies.signOf', { code })} onClick={() => onAsk('sign')}>
          {t('apologies.sign')}
        </Button>
        <Button variant="default" aria-label={t('apologies.backOf', { code })} onClick={() => onAsk('back')}>
          {t('apologies.back')}
        </Button>
      </div>
    </li>
  );
}

/** The letter once more, ready to be sent: Enter signs it as it was drafted, or it is changed first. */
function Ask(props: {
  item: ApologyItem;
  what: What;
  onClose: () => void;
  onDone: (after: Dossier) => void;
}) {
  const { t } = useTranslation(['dossier', 'actions']);
  const { item, what } = props;
  const action = useDossierAction({ id: item.dossier_id, version: item.version });
  const form = {
    problem: action.isError ? asProblem(action.error) : null,
    busy: action.isPending,
    autoFocus: true,
  };
  const onSend = (command: DossierCommand) => action.mutate(command, { onSuccess: props.onDone });
  return (
    <Dialog
      wide={what === 'sign'}
      onClose={props.onClose}
      title={t(what === 'sign' ? 'apologies.askSign' : 'apologies.askBack')}
    >
      <div className={css.dialog}>
        {action.isError && <Failure error={action.error} dossierId={item.dossier_id} />}
        <p>
          <span className="code">{item.code}</span> – {item.owner_name}
          <br />
          {item.procedure_name}
        </p>
        {what === 'sign' && item.due_at && (
          <LetterForm
            {...form}
            due={item.due_at}
            draft={item.apology}
            law={t('actions:extend.law')}
            send={t('actions:apology.sign')}
            onSend={(body) => onSend({ action: 'extensions', body })}
          />
        )}
        {what === 'back' && <ReturnApologyForm {...form} onSend={onSend} />}
      </div>
    </Dialog>
  );
}
