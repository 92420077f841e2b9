import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/shared/ui/Notice';
import css from './declaration.module.css';

/** It waits for the citizen: here, or at a screen that is turned to them. */
export function ReadBackNotice({ id }: { id: string }) {
  const { t } = useTranslation('declaration');
  return (
    <Notice title={t('waiting.title')}>
      <p>{t('waiting.text')}</p>
      <p className={css.links}>
        <Link to="/declarations/$id/read-back" params={{ id }}>
          {t('waiting.here')}
        </Link>
        <Link to="/declarations/$id/read-back" params={{ id }} target="_blank">
          {t('waiting.there')}
        </Link>
      </p>
    </Notice>
  );
}
