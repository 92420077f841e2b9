import { Checkbox, NativeSelect, PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PictureField } from '@/features/centre/PictureField';
import type { SecondFactorPolicy } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Card } from '@/shared/ui/Page';
import { Field, type PartProps } from './Field';
import css from './setup.module.css';
import { readTime, suggestions, times, type SetupForm } from './state';

export function CodeSection({ form, errors, change }: PartProps) {
  const { t } = useTranslation('setup');
  return (
    <Card id="code" title={t('code.title')}>
      <div className={css.fields}>
        <Field
          at="setup_code"
          className={css.half}
          errors={errors}
          required
          label={t('code.label')}
          description={t('code.hint')}
          placeholder="K3V9-7QXM-2HTD"
          autoCapitalize="characters"
          value={form.setup_code}
          onType={(setup_code) => change('setup_code', (f) => ({ ...f, setup_code }))}
        />
      </div>
    </Card>
  );
}

export function CentreSection({ form, errors, change }: PartProps) {
  const { t } = useTranslation('setup');
  const { centre } = form;
  const from = suggestions(centre.commune);
  const set = (key: keyof SetupForm['centre']) => ({
    at: `centre/${key}`,
    errors,
    onType: (text: string) =>
      change(`centre/${key}`, (f) => ({ ...f, centre: { ...f.centre, [key]: text } })),
  });
  return (
    <Card id="centre" title={t('centre.title')}>
      <div className={css.fields}>
        <Field
          {...set('commune')}
          className={css.half}
          required
          label={t('centre.commune')}
          description={t('centre.communeHint')}
          value={centre.commune}
        />
        <Field
          {...set('province')}
          className={css.half}
          required
          label={t('centre.province')}
          description={t('centre.provinceHint')}
          value={centre.province}
        />
        <Field
          {...set('name')}
          required
          label={t('centre.name')}
          description={t('centre.nameHint')}
          value={centre.name ?? from.centreName}
        />
        <Field
          {...set('e_code')}
          className={css.half}
          required
          label={t('eCode')}
          description={t('centre.eCodeHint')}
          value={centre.e_code}
        />
        <Field
          {...set('code')}
          className={css.half}
          required
          label={t('shortCode')}
          description={t('centre.codeHint')}
          value={centre.code ?? from.centreCode}
        />
        <Field {...set('address')} className={css.half} label={t('centre.address')} value={centre.address} />
        <Field
          {...set('phone')}
          className={css.half}
          label={t('centre.phone')}
          inputMode="tel"
          value={centre.phone}
        />
        <PictureField
          name="logo"
          label={t('centre.logo')}
          value={form.logo}
          error={errors.logo}
          onChange={(logo) => change('logo', (f) => ({ ...f, logo }))}
        />
      </div>
    </Card>
  );
}

export function HoursSection({ form, errors, change }: PartProps) {
  const { t } = useTranslation('setup');
  const put = (next: Partial<SetupForm['hours']>) => (f: SetupForm) => ({
    ...f,
    hours: { ...f.hours, ...next },
  });
  return (
    <Card id="hours" title={t('hours.title')}>
      <p className="soft">{t('hours.lead')}</p>
      <div className={css.fields}>
        {times.map((key) => (
          <Field
            key={key}
            at={`hours/${key}`}
            className={css.quarter}
            errors={errors}
            required
            label={t(`hours.${key}`)}
            value={form.hours[key]}
            onType={(text) => change(`hours/${key}`, put({ [key]: text }))}
            onBlur={() => {
              const time = readTime(form.hours[key]);
              if (time && time !== form.hours[key]) change(`hours/${key}`, put({ [key]: time }));
            }}
          />
        ))}
        <Checkbox
          label={t('hours.saturday')}
          description={t('hours.saturdayHint')}
          checked={form.hours.saturday_morning}
          onChange={(e) =>
            change('hours/saturday_morning', put({ saturday_morning: e.currentTarget.checked }))
          }
        />
      </div>
    </Card>
  );
}

export function AdministratorSection({ form, errors, change }: PartProps) {
  const { t } = useTranslation(['setup', 'account']);
  const { administrator } = form;
  const set = (key: keyof SetupForm['administrator']) => ({
    at: `administrator/${key}`,
    errors,
    onType: (text: string) =>
      change(`administrator/${key}`, (f) => ({ ...f, administrator: { ...f.administrator, [key]: text } })),
  });
  return (
    <Card id="administrator" title={t('administrator.title')}>
      <p className="soft">{t('administrator.lead')}</p>
      <div className={css.fields}>
        <Field
          {...set('full_name')}
          className={css.half}
          required
          label={t('account:users.name')}
          description={t('administrator.nameHint')}
          value={administrator.full_name}
        />
        <Field
          {...set('username')}
          className={css.half}
          required
          label={t('account:username')}
          description={t('administrator.usernameHint')}
          autoComplete="username"
          autoCapitalize="none"
          value={administrator.username}
        />
        {(['password', 'again'] as const).map((key) => (
          <PasswordInput
            key={key}
            className={css.half}
            name={`administrator/${key}`}
            required
            inputWrapperOrder={helpBelow}
            label={key === 'password' ? t('account:password') : t('administrator.again')}
            description={t(`administrator.${key}Hint`)}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('account:showPassword'), tabIndex: 0 }}
            value={administrator[key]}
            error={errors[`administrator/${key}`]}
            // Mantine marks the frame around the field only.
            aria-invalid={errors[`administrator/${key}`] ? true : undefined}
            onChange={(e) => set(key).onType(e.currentTarget.value)}
          />
        ))}
        <NativeSelect
          className={css.half}
          name="second_factor"
          label={t('account:policy.title')}
          description={t('administrator.factorHint')}
          inputWrapperOrder={helpBelow}
          value={form.secondFactor}
          onChange={(e) => {
            const secondFactor = e.currentTarget.value as SecondFactorPolicy;
            change('second_factor', (f) => ({ ...f, secondFactor }));
          }}
          data={(['optional', 'leaders', 'everyone'] as const).map((value) => ({
            value,
            label: t(`account:policy.${value}`),
          }))}
        />
      </div>
    </Card>
  );
}
