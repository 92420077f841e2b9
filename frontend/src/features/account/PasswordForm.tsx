import { Button, PasswordInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import css from './account.module.css';
import { useChangePassword } from './api';

/** A password of one's own; `first`: in place of the one on the slip, after which work begins. */
export function PasswordForm({ first }: { first: boolean }) {
  const { t } = useTranslation('account');
  const navigate = useNavigate();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const change = useChangePassword();
  const form = useRef<KeyFormHandle>(null);
  const problem = change.isError ? asProblem(change.error) : null;
  const errors = errorsByField(problem);
  const toggle = { 'aria-label': t('showPassword'), tabIndex: -1 };

  const send = () => {
    if (next !== again) {
      setDiffers(true);
      form.current?.focusFault();
      return;
    }
    change.mutate(
      { current_password: current, new_password: next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          setAgain('');
          if (first) void navigate({ to: '/', search: {} });
        },
      },
    );
  };
  return (
    <KeyForm
      ref={form}
      label={t('own.password.title')}
      className={css.own}
      refusal={change.error}
      onSend={send}
    >
      <PasswordInput
        required
        name="current_password"
        label={first ? t('own.password.onSlip') : t('own.password.current')}
        autoComplete="current-password"
        autoFocus={first}
        value={current}
        error={errors.current_password}
        aria-invalid={errors.current_password ? true : undefined}
        visibilityToggleButtonProps={toggle}
        onChange={(e) => setCurrent(e.currentTarget.value)}
      />
      <PasswordInput
        required
        name="new_password"
        label={t('own.password.next')}
        description={t('own.password.hint')}
        autoComplete="new-password"
        value={next}
        error={errors.new_password}
        aria-invalid={errors.new_password ? true : undefined}
        visibilityToggleButtonProps={toggle}
        onChange={(e) => {
          setNext(e.currentTarget.value);
          setDiffers(false);
        }}
      />
      <PasswordInput
        required
        name="again"
        label={t('own.password.again')}
        autoComplete="new-password"
        value={again}
        error={differs ? t('own.password.differs') : undefined}
        aria-invalid={differs || undefined}
        visibilityToggleButtonProps={toggle}
        onChange={(e) => {
          setAgain(e.currentTarget.value);
          setDiffers(false);
        }}
      />
      {problem && <ProblemNotice error={problem} shown={['current_password', 'new_password']} />}
      {change.isSuccess && !first && <Notice tone="good" live title={t('own.password.done')} />}
      <div>
        <Button type="submit" loading={change.isPending}>
          {t('own.password.send')}
        </Button>
      </div>
    </KeyForm>
  );
}
