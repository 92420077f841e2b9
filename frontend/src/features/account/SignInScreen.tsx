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
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const demo = useQuery(demoAccountsQuery());
  const login = useMutation({
    mutationFn: (who: { username: string; password: string; code?: string }) =>
      signIn(who.username, who.password, who.code, currentLanguage()),
    onSuccess: props.onSignedIn,
    onError: (error) => {
      if (/^second_factor_/.test(asProblem(error).code)) {
        setAsksCode(true);
        setCode('');
      }
    },
    gcTime: 0,
  });
  const problem = login.isError ? asProblem(login.error) : null;
  const errors = errorsByField(problem);
  // That a code is asked for is no mistake of anybody's.
  const mistaken = problem && problem.code !== 'second_factor_needed';

  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} ownFocus>
      <div className={css.signIn}>
        <form
          className={css.form}
          onSubmit={(e) => {
            e.preventDefault();
            login.mutate({ username: username.trim(), password, code: asksCode ? code : undefined });
          }}
        >
          {mistaken && <ProblemNotice error={problem} />}
          <TextInput
            required
            label={t('username')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            error={errors.username}
            onChange={(e) => {
              setUsername(e.currentTarget.value);
              setAsksCode(false);
            }}
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
          {asksCode && (
            <TextInput
              required
              // It is what is asked for next, and the keyboard is at hand.
              autoFocus
              label={t('signIn.code')}
              description={t('signIn.codeHint')}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              value={code}
              onChange={(e) => setCode(e.currentTarget.value)}
            />
          )}
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
