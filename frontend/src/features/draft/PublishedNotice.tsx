import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate } from '@/shared/ui/format';
import { Notice } from '@/shared/ui/Notice';

/** What the editor has just published, on the page it led to. */
export function PublishedNotice() {
  const { t } = useTranslation('draft');
  const published = useRouterState({ select: (s) => s.location.state.published });
  if (!published) return null;
  return (
    <Notice tone="good" live title={t('published.title', { number: published.version })}>
      <p>{t('published.text', { name: published.name, from: formatDate(published.from) })}</p>
    </Notice>
  );
}
