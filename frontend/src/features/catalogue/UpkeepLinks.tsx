import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import css from './catalogue.module.css';

/** To the pages where the catalogue is kept; those that change it only for who may. */
export function UpkeepLinks() {
  const { t } = useTranslation(['upkeep', 'draft']);
  const me = useQuery(meQuery()).data;
  const isAdmin = me?.roles.some((r) => r.role === 'admin') ?? false;
  return (
    <nav aria-label={t('links.label')}>
      <ul className={`${css.upkeep} plain`}>
        {isAdmin && (
          <li>
            <Link to="/catalogue-drafts">{t('draft:drafts.link')}</Link>
          </li>
        )}
        <li>
          <Link to="/catalogue-figures">{t('figures.title')}</Link>
        </li>
        {isAdmin && (
          <li>
            <Link to="/catalogue-file">{t('file.title')}</Link>
          </li>
        )}
        <li>
          <Link to="/listing-audit">{t('audit.title')}</Link>
        </li>
      </ul>
    </nav>
  );
}
