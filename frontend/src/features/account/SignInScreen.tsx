import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { signIn } from '@/shared/api/session';
import { currentLanguage } from '@/shared/i18n';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { demoAccountsQuery } from './api';
import css from './account.module.css';

export function SignInScreen(props: { username?: string; onSignedIn: () => void }) {
  const { t } = useTranslation('account');
  const [username, setUsername] = useState(props.username ?? '');
  const [password, setPassword] = useState('');
  const demo = useQuery(demoAccountsQuery());
  const login = useMutation({
    mutationFn: (who: { username: string; password: string }) =>
      signIn(who.username, who.password, currentLanguage()),
    onSuccess: props.onSignedIn,
    gcTime: 0,
  });
  const errors = errorsByField(login.isError ? asProblem(login.error) : null);

  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} ownFocus>
      <div className={css.signIn}>
        <form
          className={css.form}
          onSubmit={(e) => {
            e.preventDefault();
            login.mutate({ username: username.trim(), password });
          }}
        >
          {login.isError && <ProblemNotice error={login.error} />}
          <TextInput
            required
            label={t('username')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            error={errors.username}
            onChange={(e) => setUsername(e.currentTarget.value)}
          />
          <PasswordInput
            required
            label={t('password')}
            autoComplete="current-password"
            autoFocus={Boolean(props.username)}
            value={password}
            error={errors.password}
            aria-invalid={errors.password ? true : undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0 }}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
          <Button type="submit" size="md" loading={login.isPending}>
            {t('signIn.send')}
          </Button>
        </form>
        <section className={css.citizens}>
          <h2>{t('citizens.title')}</h2>
          <p className="soft">{t('citizens.lead')}</p>
          <ul className="plain">
            <li>
              <Link to="/tra-cuu">{t('citizens.lookup')}</Link>
            </li>
            <li>
              <Link to="/thu-tuc">{t('citizens.procedures')}</Link>
            </li>
          </ul>
        </section>
      </div>
      {demo.data && (
        <section className={css.demo} aria-labelledby="demo">
          <h2 id="demo">{t('demo.title')}</h2>
          <p className="soft small">{t('demo.lead', { password: demo.data.password })}</p>
          <ul className={`${css.accounts} plain`}>
            {demo.data.accounts.map((account) => (
              <li key={account.username}>
                <button
                  type="button"
                  className={css.account}
                  disabled={login.isPending}
                  onClick={() =>
                    login.mutate({ username: account.username, password: demo.data?.password ?? '' })
                  }
                >
                  <span>{account.full_name}</span>
                  <span className="small soft">
                    {account.username} · {account.title}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}
