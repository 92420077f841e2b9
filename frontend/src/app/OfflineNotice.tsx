import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import css from './shell.module.css';

/** Says so when the line is down; what is on the screen stays readable. */
export function OfflineNotice() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  return (
    <div role="status" className="no-print">
      {!online && (
        <p className={css.offline}>
          <Icon name="offline" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}
