import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Declaration } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { ProblemNotice } from '@/shared/ui/Notice';
import ui from '@/shared/ui/ui.module.css';
import { useDropDeclaration } from './api';

/** Drops a draft; a declaration that was signed stays. */
export function DropDialog(props: { declaration: Declaration; onClose: () => void; onDropped: () => void }) {
  const { t } = useTranslation(['declaration', 'common']);
  const drop = useDropDeclaration(props.declaration.id);
  return (
    <Dialog title={t('drop.title')} onClose={props.onClose}>
      <p>{t('drop.text')}</p>
      {drop.isError && <ProblemNotice error={drop.error} />}
      <div className={ui.dialogTools}>
        <Button
          color="red"
          loading={drop.isPending}
          onClick={() => drop.mutate(props.declaration.version, { onSuccess: props.onDropped })}
        >
          {t('drop.send')}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('common:cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
