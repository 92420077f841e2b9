import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import css from './account.module.css';
import { useBeginSecondFactor, useConfirmSecondFactor } from './api';

/** Sets the second factor up: the password, then the secret into the telephone, then a code back. */
export function SecondFactorForm({ on }: { on: boolean }) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useBeginSecondFactor();
  const confirm = useConfirmSecondFactor();
  const problem = begin.isError ? asProblem(begin.error) : null;
  const codeProblem = confirm.isError ? asProblem(confirm.error) : null;
  if (on)
    return (
      <Notice tone="good" title={t('own.factor.on')}>
        {t('own.factor.onHint')}
      </Notice>
    );
  if (!begin.data)
    return (
      <KeyForm
        label={t('own.factor.title')}
        className={css.own}
        refusal={begin.error}
        onSend={() => begin.mutate({ password }, { onSuccess: () => setPassword('') })}
      >
        <p className="soft">{t('own.factor.lead')}</p>
        <PasswordInput
          required
          name="password"
          label={t('own.password.current')}
          autoComplete="current-password"
          value={password}
          error={errorsByField(problem).password}
          aria-invalid={errorsByField(problem).password ? true : undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: -1 }}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        {problem && <ProblemNotice error={problem} shown={['password']} />}
        <div>
          <Button type="submit" variant="default" loading={begin.isPending}>
            {t('own.factor.begin')}
          </Button>
        </div>
      </KeyForm>
    );
  return (
    <KeyForm
      label={t('own.factor.title')}
      className={css.own}
      refusal={confirm.error}
      onSend={() => confirm.mutate({ code })}
    >
      <p>{t('own.factor.scan')}</p>
      <img
        className={css.qr}
        alt={t('own.factor.qr')}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(begin.data.qr_svg)}`}
      />
      <p>
        {t('own.factor.type')}{' '}
        <code className={css.secret}>{begin.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <TextInput
        required
        name="code"
        label={t('own.factor.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        maxLength={7}
        value={code}
        error={errorsByField(codeProblem).code}
        onChange={(e) => setCode(e.currentTarget.value)}
      />
      {codeProblem && <ProblemNotice error={codeProblem} shown={['code']} />}
      <div>
        <Button type="submit" loading={confirm.isPending}>
          {t('own.factor.turnOn')}
        </Button>
      </div>
    </KeyForm>
  );
}
