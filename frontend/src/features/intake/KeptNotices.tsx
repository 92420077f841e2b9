import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '@/shared/ui/format';
import { Notice } from '@/shared/ui/Notice';
import type { IntakeDraft, IntakeDraftItem } from '@/shared/api/types';

/** What has just been done with a draft, said above the form that has begun anew. */
export type Said = { what: 'kept'; draft: IntakeDraft } | { what: 'dropped'; draft: IntakeDraftItem };

export function SaidNotice({ said }: { said: Said }) {
  const { t } = useTranslation('intake');
  const name = said.draft.owner_name ?? t('drafts.unnamed');
  if (said.what === 'dropped') return <Notice tone="good" live title={t('drafts.dropped', { name })} />;
  return (
    <Notice tone="good" live title={t('drafts.kept', { name })}>
      <p>{t('drafts.keptUntil', { until: formatDateTime(said.draft.kept_until) })}</p>
    </Notice>
  );
}

/** Somebody else has saved the draft since it was taken up: one of the two forms has to go. */
export function StaleNotice(props: { busy: boolean; onKeep: () => void; onTake: () => void }) {
  const { t } = useTranslation('intake');
  return (
    <Notice
      tone="soon"
      live
      title={t('drafts.stale.title')}
      foot={
        <>
          <Button size="compact-md" loading={props.busy} onClick={props.onKeep}>
            {t('drafts.stale.keep')}
          </Button>
          <Button size="compact-md" variant="default" disabled={props.busy} onClick={props.onTake}>
            {t('drafts.stale.take')}
          </Button>
        </>
      }
    >
      <p>{t('drafts.stale.text')}</p>
    </Notice>
  );
}

/** The draft is no longer there. Whether the dossier was sent with it is for the officer to look up. */
export function GoneNotice({ onApart }: { onApart: () => void }) {
  const { t } = useTranslation('intake');
  return (
    <Notice
      tone="soon"
      live
      title={t('drafts.gone.title')}
      foot={
        <Button size="compact-md" variant="default" onClick={onApart}>
          {t('drafts.gone.apart')}
        </Button>
      }
    >
      <p>{t('drafts.gone.text')}</p>
    </Notice>
  );
}
