import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { Page } from '@/shared/ui/Page';
import css from './setup.module.css';

/** The centre is there; what comes next, and the way to it. */
export function DonePanel({ username }: { username: string }) {
  const { t } = useTranslation(['setup', 'common']);
  const navigate = useNavigate();
  return (
    <Page title={t('done.title')} lead={t('done.lead')}>
      <section className={css.done} aria-labelledby="next">
        <h2 id="next">{t('done.next')}</h2>
        <ol>
          <li>{t('done.signIn', { username })}</li>
          <li>{t('done.people', { users: t('common:nav.users') })}</li>
          <li>{t('done.intake', { intake: t('common:nav.intake') })}</li>
        </ol>
        <Button
          size="md"
          rightSection={<Icon name="right" size={16} />}
          onClick={() => void navigate({ to: '/sign-in', search: {}, state: { username } })}
        >
          {t('done.go')}
        </Button>
      </section>
    </Page>
  );
}
