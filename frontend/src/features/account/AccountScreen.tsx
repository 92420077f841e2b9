import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/shared/api/types';
import { Loading, Notice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { meQuery } from './api';
import { PasswordForm } from './PasswordForm';
import { SecondFactorForm } from './SecondFactorForm';

/** One's own account: who one is here, the password, the second factor. */
export function AccountScreen() {
  const { t } = useTranslation('account');
  const me = useQuery(meQuery()).data;
  if (!me) return <Loading />;
  return (
    <Page title={t('own.title')} lead={me.full_name} ownFocus={me.pending === 'password'}>
      {me.pending && <Notice tone="soon" title={t(`own.pending.${me.pending}`)} />}
      {!me.pending && <Who me={me} />}
      {me.pending !== 'second_factor' && (
        <Card id="password" title={t('own.password.title')}>
          <PasswordForm first={me.pending === 'password'} />
        </Card>
      )}
      {me.pending !== 'password' && (
        <Card id="second-factor" title={t('own.factor.title')}>
          <SecondFactorForm on={me.second_factor} />
        </Card>
      )}
    </Page>
  );
}

function Who({ me }: { me: Me }) {
  const { t } = useTranslation('account');
  return (
    <Card id="who" title={t('own.who')}>
      <Facts
        items={[
          [t('username'), me.username],
          [t('users.roles'), [...new Set(me.roles.map((r) => t(`role.${r.role}`)))].join(', ')],
        ]}
      />
      <p>
        <Link to="/delegations">{t('delegations.title')}</Link> · <Link to="/roles">{t('roles.title')}</Link>
      </p>
    </Card>
  );
}
