import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FirstPassword } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import css from './account.module.css';

/** First passwords, one slip a person, to be printed, cut and handed over. They are shown once. */
export function PasswordSlips({ slips, onDone }: { slips: FirstPassword[]; onDone: () => void }) {
  const { t } = useTranslation('account');
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [slips]);
  return (
    <section className={css.slips} aria-labelledby="slips-title">
      <div className="no-print">
        <h2 id="slips-title" ref={title} tabIndex={-1}>
          {t('slips.title', { count: slips.length })}
        </h2>
        <p className="soft">{t('slips.lead')}</p>
      </div>
      <ul className={`plain ${css.slipList}`}>
        {slips.map((slip) => (
          <li key={slip.user_id} className={css.slip}>
            <p>
              <strong>{slip.full_name}</strong>
            </p>
            <dl>
              <dt>{t('username')}</dt>
              <dd>{slip.username}</dd>
              <dt>{t('users.firstPassword')}</dt>
              <dd className={css.secret}>{slip.password}</dd>
            </dl>
            <p className="small">{t('slips.until', { at: formatDateTime(slip.valid_until) })}</p>
          </li>
        ))}
      </ul>
      <div className={`${css.slipActions} no-print`}>
        <Button leftSection={<Icon name="print" />} onClick={() => window.print()}>
          {t('slips.print')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('slips.done')}
        </Button>
      </div>
    </section>
  );
}
