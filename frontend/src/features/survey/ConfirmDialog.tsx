import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/shared/ui/Dialog';
import ui from '@/shared/ui/ui.module.css';

/** Before what cannot be taken back: what it means, and whether it is meant. */
export function ConfirmDialog(props: {
  texts: 'publish' | 'retire' | 'discard' | 'endDevice';
  /** Of what it is asked. */
  code: string;
  red?: boolean;
  pending: boolean;
  onClose: () => void;
  onSend: () => void;
}) {
  const { t } = useTranslation(['survey', 'common']);
  const { texts, code } = props;
  return (
    <Dialog title={t(`${texts}.title`, { code })} onClose={props.onClose}>
      <p>{t(`${texts}.text`, { code })}</p>
      <div className={ui.dialogTools}>
        <Button color={props.red ? 'red' : undefined} loading={props.pending} onClick={props.onSend}>
          {t(`${texts}.send`)}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('common:cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
