import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IntakeDraftItem } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { ProblemNotice } from '@/shared/ui/Notice';
import css from './drafts.module.css';
import { isGone, useDrop } from './drafts';

/** Before what was typed is thrown away for good. */
export function DropDialog(props: { draft: IntakeDraftItem; onClose: () => void; onDropped: () => void }) {
  const { t } = useTranslation(['intake', 'common']);
  const drop = useDrop();
  const send = () =>
    drop.mutate(props.draft.id, {
      onSuccess: props.onDropped,
      // Somebody else was quicker: it is gone all the same.
      onError: (error) => {
        if (isGone(error)) props.onDropped();
      },
    });
  return (
    <Dialog title={t('drafts.dropping.title')} onClose={props.onClose}>
      <div className={css.stack}>
        <p>{t('drafts.dropping.text', { name: props.draft.owner_name ?? t('drafts.unnamed') })}</p>
        {drop.isError && <ProblemNotice error={drop.error} />}
        <div className={css.tools}>
          <Button color="red" loading={drop.isPending} onClick={send}>
            {t('drafts.dropping.send')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
