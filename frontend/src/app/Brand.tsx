import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { markQuery, publicCentresQuery } from '@/features/centre/api';
import { Mark } from '@/features/centre/Mark';
import css from './shell.module.css';

/** The centre's own mark, where it has one. */
export function Brand() {
  const { t } = useTranslation();
  const address = useQuery(publicCentresQuery()).data?.items[0]?.logo;
  const mark = useQuery(markQuery(address)).data;
  return (
    <span className={css.brand}>
      {mark ? <Mark address={mark} /> : <Door />}
      <span>
        <span className={css.brandName}>{t('brand')}</span>
        <span className={css.brandSub}>{t('brandSub')}</span>
      </span>
    </span>
  );
}

/** The program's own mark: one door, standing open. */
function Door() {
  return (
    <svg aria-hidden="true" width="30" height="30" viewBox="0 0 32 32" fill="none">
      <path d="M6 27V14a10 10 0 0 1 20 0v13" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M12 27V15a4 4 0 0 1 8 0v12" fill="#e9b44c" />
    </svg>
  );
}
