import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '@/shared/ui/LanguageSwitch';
import { Brand } from './Brand';
import { OfflineNotice } from './OfflineNotice';
import css from './shell.module.css';

/** Around the pages that need no sign-in. */
export function PublicShell() {
  const { t } = useTranslation();
  return (
    <div className={css.public}>
      <a className={css.skip} href="#main">
        {t('skip')}
      </a>
      <header className={`${css.publicHead} no-print`}>
        <Link to="/tra-cuu" className={css.home}>
          <Brand />
        </Link>
        <nav aria-label={t('nav.public')} className={css.publicNav}>
          <Link to="/tra-cuu">{t('nav.lookup')}</Link>
          <Link to="/thu-tuc">{t('nav.procedures')}</Link>
          <Link to="/gop-y">{t('nav.file')}</Link>
          <Link to="/sign-in">{t('nav.signIn')}</Link>
        </nav>
        <LanguageSwitch dark />
      </header>
      <OfflineNotice />
      <main id="main" tabIndex={-1} className={css.publicMain}>
        <Outlet />
      </main>
    </div>
  );
}
