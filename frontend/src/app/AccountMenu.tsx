import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signOut } from '@/shared/api/session';
import type { Me } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import css from './shell.module.css';

export function AccountMenu({ me }: { me: Me }) {
  const { t } = useTranslation(['account', 'inspection']);
  const roles = [...new Set(me.roles.map((r) => r.role))];
  return (
    <div className={css.account}>
      <p className={css.person}>{me.full_name}</p>
      <p className={css.roles}>{roles.map((role) => t(`role.${role}`)).join(', ')}</p>
      <Link to="/account" className={css.out}>
        <Icon name="user" size={16} />
        {t('own.title')}
      </Link>
      <Link to="/my-results" search={{}} className={css.out}>
        <Icon name="sheet" size={16} />
        {t('results')}
      </Link>
      <Link to="/my-records" search={{}} className={css.out}>
        <Icon name="stamp" size={16} />
        {t('inspection:own.link')}
      </Link>
      <button type="button" className={css.out} onClick={() => void signOut(false)}>
        <Icon name="out" size={16} />
        {t('signOut')}
      </button>
      <button type="button" className={css.out} onClick={() => void signOut(true)}>
        <Icon name="out" size={16} />
        {t('signOutEverywhere')}
      </button>
    </div>
  );
}
