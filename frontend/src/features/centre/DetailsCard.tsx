import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Centre } from '@/shared/api/types';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { useChangeDetails } from './api';
import css from './centre.module.css';

type Typed = Partial<Record<'name' | 'address' | 'phone', string>>;

/** What the centre is called and where it is found. */
export function DetailsCard({ centre }: { centre: Centre }) {
  const { t } = useTranslation('centre');
  /** Only what was typed: everything else is as it was last heard of. */
  const [typed, setTyped] = useState<Typed>({});
  const change = useChangeDetails();
  const problem = change.isError ? asProblem(change.error) : null;
  const errors = errorsByField(problem);
  const value = (key: keyof Typed) => typed[key] ?? centre[key] ?? '';

  const send = () => {
    if (change.isPending) return;
    change.mutate(
      {
        centre,
        body: {
          name: value('name').trim(),
          address: value('address').trim() || undefined,
          phone: value('phone').trim() || undefined,
        },
      },
      {
        onSuccess: () => setTyped({}),
        // What somebody else wrote meanwhile must be seen before it is written over.
        onError: (error) => {
          if (asProblem(error).stale) setTyped({});
        },
      },
    );
  };
  const field = (key: keyof Typed) => ({
    name: key,
    value: value(key),
    error: errors[key],
    onChange: (e: { currentTarget: HTMLInputElement }) => {
      const text = e.currentTarget.value;
      setTyped((all) => ({ ...all, [key]: text }));
    },
  });
  return (
    <Card id={`details-${centre.id}`} title={t('details.title')}>
      <KeyForm label={t('details.title')} className={css.form} refusal={change.error} onSend={send}>
        <p className={`soft ${css.across}`}>{t('details.hint')}</p>
        <TextInput
          {...field('name')}
          className={css.across}
          required
          label={t('details.name')}
          maxLength={200}
        />
        <TextInput {...field('address')} label={t('address')} maxLength={300} />
        <TextInput {...field('phone')} label={t('phone')} inputMode="tel" maxLength={300} />
        <div className={css.wide}>
          {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
          {change.isSuccess && <Notice tone="good" live title={t('saved')} />}
          <Button type="submit" loading={change.isPending}>
            {t('save')}
          </Button>
        </div>
      </KeyForm>
    </Card>
  );
}
