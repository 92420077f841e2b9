import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { procedureQuery } from '@/features/catalogue/api';
import type { IntakeDraft, IntakeDraftItem } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Chip } from '@/shared/ui/Notice';
import { LeaveDialog } from '@/shared/ui/LeaveDialog';
import { Card } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { DropDialog } from './DraftDialogs';
import css from './drafts.module.css';
import { intakeDraftsQuery } from './drafts';

/** What was begun at the counters and put off; nothing is shown where there is nothing. */
export function DraftsCard(props: {
  /** The one in the form now. */
  open: IntakeDraft | null;
  /** Something was typed that is kept nowhere. */
  dirty: boolean;
  busy: boolean;
  onTakeUp: (id: string) => void;
  /** The form is emptied; what it was taken from stays kept. */
  onLeave: () => void;
  onDropped: (draft: IntakeDraftItem) => void;
}) {
  const { t } = useTranslation('intake');
  const [cursor, setCursor] = useState<string>();
  const drafts = useQuery(intakeDraftsQuery(cursor));
  const [dropping, setDropping] = useState<IntakeDraftItem | null>(null);
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const items = drafts.data?.items ?? [];
  // The last of a later page is gone: the newest are always on the first.
  if (cursor && drafts.isSuccess && items.length === 0) setCursor(undefined);
  if (items.length === 0) return null;
  /** Does something that empties the form, after asking when words would be lost. */
  const guarded = (leave: () => void) => (props.dirty ? setLeaving(() => leave) : leave());
  return (
    <Card id="drafts" title={t('drafts.title')}>
      <ul className={`plain ${css.list}`}>
        {items.map((draft) => (
          <Line
            key={draft.id}
            draft={draft}
            open={draft.id === props.open?.id}
            busy={props.busy}
            onTakeUp={() => guarded(() => props.onTakeUp(draft.id))}
            onLeave={() => guarded(props.onLeave)}
            onDrop={() => setDropping(draft)}
          />
        ))}
      </ul>
      <Pager next={drafts.data?.next} prev={drafts.data?.prev} onGo={setCursor} />
      {leaving && (
        <LeaveDialog
          texts={{
            title: t('drafts.leaving.title'),
            text: t('drafts.leaving.text'),
            stay: t('drafts.leaving.stay'),
            go: t('drafts.leaving.go'),
          }}
          onStay={() => setLeaving(null)}
          onLeave={() => {
            setLeaving(null);
            leaving();
          }}
        />
      )}
      {dropping && (
        <DropDialog
          draft={dropping}
          onClose={() => setDropping(null)}
          onDropped={() => {
            setDropping(null);
            props.onDropped(dropping);
          }}
        />
      )}
    </Card>
  );
}

function Line(props: {
  draft: IntakeDraftItem;
  open: boolean;
  busy: boolean;
  onTakeUp: () => void;
  onLeave: () => void;
  onDrop: () => void;
}) {
  const { t } = useTranslation('intake');
  const { draft, open } = props;
  const procedure = useQuery(procedureQuery(draft.procedure_code));
  const name = draft.owner_name ?? t('drafts.unnamed');
  return (
    <li className={css.line} data-open={open}>
      <div>
        <p className={css.name}>
          {draft.owner_name ? name : <span className="soft">{name}</span>}
          {open && (
            <Chip tone="accent" icon="edit">
              {t('drafts.open')}
            </Chip>
          )}
        </p>
        <p className="small">
          {procedure.data && `${procedure.data.name} · `}
          <span className="soft">{draft.procedure_code}</span>
        </p>
      </div>
      <p className="small soft">
        {draft.updated_by.full_name}
        <br />
        <time dateTime={draft.updated_at}>{formatDateTime(draft.updated_at)}</time>
      </p>
      <div className={css.tools}>
        {open ? (
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('drafts.leaveOf', { name })}
            disabled={props.busy}
            onClick={props.onLeave}
          >
            {t('drafts.leave')}
          </Button>
        ) : (
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('drafts.takeUpOf', { name })}
            disabled={props.busy}
            onClick={props.onTakeUp}
          >
            {t('drafts.takeUp')}
          </Button>
        )}
        <Button
          variant="subtle"
          size="compact-md"
          aria-label={t('drafts.dropOf', { name })}
          disabled={props.busy}
          onClick={props.onDrop}
        >
          {t('drafts.drop')}
        </Button>
      </div>
    </li>
  );
}
