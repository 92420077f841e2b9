import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDate } from '@/shared/ui/format';
import css from './draft.module.css';
import type { ProcedureData } from './types';

/** Before a version is published: from when it holds, and by whose decision. */
export function PublishDialog(props: {
  procedure: ProcedureData;
  pending: boolean;
  onClose: () => void;
  onSend: () => void;
}) {
  const { t } = useTranslation(['draft', 'common']);
  const { in_force_from, in_force_to, announcing_decision: decision } = props.procedure;
  const from = formatDate(in_force_from);
  return (
    <Dialog title={t('publish.title')} onClose={props.onClose}>
      <div className={css.stack}>
        <p>
          {in_force_to
            ? t('publish.span', { from, to: formatDate(in_force_to) })
            : t('publish.from', { from })}
        </p>
        {decision && (
          <p>
            {t('publish.decision', {
              number: decision.number,
              date: decision.date ? formatDate(decision.date) : '',
            })}
          </p>
        )}
        <p>{t('publish.final')}</p>
        <div className={css.tools}>
          <Button loading={props.pending} onClick={props.onSend}>
            {t('publish.send')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

export function DiscardDialog(props: { pending: boolean; onClose: () => void; onSend: () => void }) {
  const { t } = useTranslation(['draft', 'common']);
  return (
    <Dialog title={t('discard.title')} onClose={props.onClose}>
      <div className={css.stack}>
        <p>{t('discard.text')}</p>
        <div className={css.tools}>
          <Button color="red" loading={props.pending} onClick={props.onSend}>
            {t('discard.send')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
