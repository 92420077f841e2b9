import { Button, Checkbox, PasswordInput, TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { Card } from '@/shared/ui/Page';
import css from './setup.module.css';
import {
  addAuthority,
  MOST_AUTHORITIES,
  readTime,
  suggestions,
  times,
  type AuthorityForm,
  type SetupForm,
} from './state';

export interface PartProps {
  form: SetupForm;
  /** What is wrong, by the pointer of the field. */
  errors: Record<string, string>;
  change: (at: string, next: (form: SetupForm) => SetupForm) => void;
}

/** Help stands below a field, so that fields side by side keep to one line however long it is. */
const ORDER: TextInputProps['inputWrapperOrder'] = ['label', 'input', 'description', 'error'];

function Field({
  at,
  errors,
  onType,
  ...rest
}: Omit<TextInputProps, 'onChange'> & {
  at: string;
  errors: Record<string, string>;
  onType: (text: string) => void;
}) {
  return (
    <TextInput
      name={at}
      autoComplete="off"
      spellCheck={false}
      inputWrapperOrder={ORDER}
      error={errors[at]}
      onChange={(e) => onType(e.currentTarget.value)}
      {...rest}
    />
  );
}

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
          placeholder="XXXX-XXXX-XXXX"
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
      </div>
    </Card>
  );
}

export function AuthoritiesSection({ form, errors, change }: PartProps) {
  const { t } = useTranslation('setup');
  const from = suggestions(form.centre.commune);
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(form.authorities.length);

  // A new row is there to be typed into; after one is gone, the keyboard stands at the last that is left.
  const count = form.authorities.length;
  useEffect(() => {
    if (before.current !== count)
      box.current?.querySelector<HTMLElement>('fieldset:last-of-type input')?.focus();
    before.current = count;
  }, [count]);

  const set = (i: number, key: 'name' | 'code' | 'e_code') => {
    const at = `authorities/${i}/${key}`;
    const put = (text: string) => (a: AuthorityForm, j: number) => (j === i ? { ...a, [key]: text } : a);
    return {
      at,
      errors,
      onType: (text: string) => change(at, (f) => ({ ...f, authorities: f.authorities.map(put(text)) })),
    };
  };
  return (
    <Card id="authorities" title={t('authorities.title')}>
      <p className="soft">{t('authorities.lead')}</p>
      <div ref={box} className={css.rows}>
        {form.authorities.map((authority, i) => (
          <fieldset key={authority.id} className={css.row}>
            <legend>{t('authorities.one', { number: i + 1 })}</legend>
            <div className={css.fields}>
              <Field
                {...set(i, 'name')}
                required
                label={t('authorities.name')}
                value={authority.name ?? from.authorityName}
              />
              <Field
                {...set(i, 'e_code')}
                className={css.half}
                required
                label={t('eCode')}
                description={t('authorities.eCodeHint')}
                value={authority.e_code}
              />
              <Field
                {...set(i, 'code')}
                className={css.half}
                required
                label={t('shortCode')}
                description={t('authorities.codeHint')}
                value={authority.code ?? from.authorityCode}
              />
            </div>
            {count > 1 && (
              <Button
                className={css.remove}
                size="compact-md"
                variant="default"
                leftSection={<Icon name="cross" size={14} />}
                aria-label={t('authorities.removeOf', { number: i + 1 })}
                onClick={() =>
                  change('authorities', (f) => ({
                    ...f,
                    authorities: f.authorities.filter((a) => a.id !== authority.id),
                  }))
                }
              >
                {t('authorities.remove')}
              </Button>
            )}
          </fieldset>
        ))}
      </div>
      {count < MOST_AUTHORITIES && (
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => change('authorities/new', addAuthority)}
        >
          {t('authorities.add')}
        </Button>
      )}
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
  const put = (key: keyof SetupForm['administrator']) => (text: string) =>
    change(`administrator/${key}`, (f) => ({ ...f, administrator: { ...f.administrator, [key]: text } }));
  return (
    <Card id="administrator" title={t('administrator.title')}>
      <p className="soft">{t('administrator.lead')}</p>
      <div className={css.fields}>
        <Field
          at="administrator/full_name"
          className={css.half}
          errors={errors}
          required
          label={t('account:users.name')}
          description={t('administrator.nameHint')}
          value={administrator.full_name}
          onType={put('full_name')}
        />
        <Field
          at="administrator/username"
          className={css.half}
          errors={errors}
          required
          label={t('account:username')}
          description={t('administrator.usernameHint')}
          autoComplete="username"
          autoCapitalize="none"
          value={administrator.username}
          onType={put('username')}
        />
        {(['password', 'again'] as const).map((key) => (
          <PasswordInput
            key={key}
            className={css.half}
            name={`administrator/${key}`}
            required
            inputWrapperOrder={ORDER}
            label={key === 'password' ? t('account:password') : t('administrator.again')}
            description={t(`administrator.${key}Hint`)}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('account:showPassword'), tabIndex: 0 }}
            value={administrator[key]}
            error={errors[`administrator/${key}`]}
            // Mantine marks the frame around the field only.
            aria-invalid={errors[`administrator/${key}`] ? true : undefined}
            onChange={(e) => put(key)(e.currentTarget.value)}
          />
        ))}
      </div>
    </Card>
  );
}
