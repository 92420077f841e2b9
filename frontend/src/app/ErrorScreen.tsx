import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import css from './shell.module.css';

/** What is shown when not even the frame around the pages could be shown. */
export function ErrorScreen({ error }: { error: unknown }) {
  return (
    <main className={css.alone}>
      <ErrorInside error={error} />
    </main>
  );
}

/** What is shown in the place of a page that could not be shown; the way to other pages stays. */
export function ErrorInside({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <Page title={t('error.title')}>
      <ProblemNotice error={error} onRetry={() => void router.invalidate()} />
    </Page>
  );
}

export function NotFoundScreen() {
  const { t } = useTranslation();
  return (
    <main className={css.alone}>
      <Page title={t('notFound.title')}>
        <Empty title={t('notFound.text')}>
          <Link to="/">{t('notFound.home')}</Link>
        </Empty>
      </Page>
    </main>
  );
}
