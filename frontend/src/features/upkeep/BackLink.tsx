import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Back to the catalogue, of which these pages are a part. */
export function BackLink() {
  const { t } = useTranslation('catalogue');
  return (
    <p className="no-print">
      <Link to="/catalogue">{t('back')}</Link>
    </p>
  );
}
