import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { Card } from '@/shared/ui/Page';
import { Field, type PartProps } from './Field';
import css from './setup.module.css';
import { addAuthority, MOST_AUTHORITIES, suggestions, type AuthorityForm } from './state';

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
