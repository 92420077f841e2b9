import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import type { PersonKind } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import { Icon } from '@/shared/ui/Icon';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { useCardReader } from './card';
import { authorisationScopes, personKinds } from './choices';
import { focusNext } from '@/shared/ui/enterMoves';
import css from './intake.module.css';
import { fillFromCard, personFields, typeInto, type Person, type PersonField } from './state';

const look: Record<PersonField, { span: string; mode?: 'numeric' | 'tel' | 'email' }> = {
  identity_number: { span: 'third', mode: 'numeric' },
  full_name: { span: 'twoThirds' },
  birth_date: { span: 'third' },
  address: { span: 'twoThirds' },
  phone: { span: 'third', mode: 'tel' },
  email: { span: 'third', mode: 'email' },
};

/** One person: a field for the card scanner, then what the card said or was typed, each with its source. */
export function PersonFields(props: {
  who: 'owner' | 'filer';
  person: Person;
  errors: Record<string, string>;
  autoFocus?: boolean;
  onChange: (change: (person: Person) => Person) => void;
}) {
  const { t } = useTranslation(['intake', 'dossier']);
  const { who, person, onChange } = props;
  const [scan, setScan] = useState('');
  const reader = useCardReader();
  const filer = who === 'filer';
  const fields = personFields.filter((f) => !(filer && f === 'birth_date'));

  const read = (input: HTMLInputElement) => {
    reader.mutate(scan.trim(), {
      onSuccess: (card) => {
        onChange((p) => fillFromCard(p, card));
        setScan('');
        const form = input.form;
        // The card holds everything up to the phone number.
        const after = form?.querySelector(`[name="${who}.email"]`);
        const phone = form?.querySelector<HTMLInputElement>(`[name="${who}.phone"]`);
        if (phone && !phone.value) phone.focus();
        else if (form && after) focusNext(form, after);
      },
      onError: () => input.select(),
    });
  };

  return (
    <div className={css.fields}>
      <div className={css.whole}>
        <TextInput
          label={filer ? t('card.filerLabel') : t('card.label')}
          description={t('card.hint')}
          leftSection={<Icon name="card" size={16} />}
          classNames={{ input: css.scan ?? '' }}
          autoComplete="off"
          spellCheck={false}
          // The officer's first act for every person is the scan.
          autoFocus={props.autoFocus}
          data-autofocus={props.autoFocus || undefined}
          value={scan}
          onChange={(e) => {
            setScan(e.currentTarget.value);
            if (reader.isError) reader.reset();
          }}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && !e.ctrlKey && scan.trim() !== '') {
              e.preventDefault();
              read(e.currentTarget);
            }
          }}
        />
        {reader.isError && (
          <div className={css.below}>
            <ProblemNotice error={asProblem(reader.error)} />
          </div>
        )}
        {reader.data && reader.data.warnings.length > 0 && (
          <div className={css.below}>
            <Notice tone="soon" live title={t('card.warnings')}>
              <ul>
                {reader.data.warnings.map((w) => (
                  <li key={w.code}>{w.detail}</li>
                ))}
              </ul>
            </Notice>
          </div>
        )}
        <p className="sr-only" role="status">
          {reader.isSuccess ? t('card.done', { name: person.values.full_name }) : ''}
        </p>
      </div>
      {fields.map((field) => (
        <TextInput
          key={field}
          name={`${who}.${field}`}
          className={css[look[field].span]}
          required={field === 'full_name'}
          label={t(`field.${field}`)}
          placeholder={field === 'birth_date' ? t('field.birthHint') : undefined}
          inputMode={look[field].mode}
          autoComplete="off"
          spellCheck={false}
          value={person.values[field]}
          error={
            // The server speaks of YYYY-MM-DD, which nobody types here.
            field === 'birth_date' && props.errors['owner/birth_date']
              ? t('lack.birth')
              : props.errors[`${who}/${field}`]
          }
          onChange={(e) => {
            const value = e.currentTarget.value;
            onChange((p) => typeInto(p, field, value));
          }}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={
            person.sources[field] && (
              <span className={css.source} data-source={person.sources[field]}>
                <Icon name={person.sources[field] === 'card' ? 'card' : 'user'} size={14} />
                {t(`source.${person.sources[field]}`)}
              </span>
            )
          }
        />
      ))}
      {!filer && (
        <NativeSelect
          className={css.third}
          label={t('field.kind')}
          value={person.kind}
          error={props.errors['owner/kind']}
          onChange={(e) => {
            const kind = e.currentTarget.value as PersonKind;
            onChange((p) => ({ ...p, kind }));
          }}
          data={personKinds.map((value) => ({ value, label: t(`dossier:kind.${value}`) }))}
        />
      )}
      {filer && (
        <>
          <TextInput
            className={css.third}
            label={t('field.relation')}
            value={person.relation}
            error={props.errors['filer/relation']}
            onChange={(e) => {
              const relation = e.currentTarget.value;
              onChange((p) => ({ ...p, relation }));
            }}
          />
          <TextInput
            className={css.twoThirds}
            label={t('field.authorisation')}
            description={t('field.authorisationHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={person.authorisation}
            error={props.errors['filer/authorisation']}
            onChange={(e) => {
              const authorisation = e.currentTarget.value;
              onChange((p) => ({ ...p, authorisation }));
            }}
          />
          <NativeSelect
            className={css.third}
            label={t('field.scope')}
            value={person.authorisationScope}
            error={props.errors['filer/authorisation_scope']}
            onChange={(e) => {
              const authorisationScope = e.currentTarget.value as Person['authorisationScope'];
              onChange((p) => ({ ...p, authorisationScope }));
            }}
            data={[
              { value: '', label: t('field.scopeNone') },
              ...authorisationScopes.map((value) => ({
                value,
                label: t(`field.scopeOf.${value}`),
              })),
            ]}
          />
          <DateInput
            className={css.third}
            label={t('field.until')}
            value={person.authorisationUntil}
            error={props.errors['filer/authorisation_until']}
            onChange={(authorisationUntil) => onChange((p) => ({ ...p, authorisationUntil }))}
          />
        </>
      )}
    </div>
  );
}
