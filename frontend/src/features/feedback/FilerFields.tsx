import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from './feedback.module.css';

export interface FilerForm {
  full_name: string;
  address: string;
  phone: string;
}

export const noFiler: FilerForm = { full_name: '', address: '', phone: '' };

/** As it is sent: what was typed around it is cut. */
export const filerOf = (form: FilerForm): FilerForm => ({
  full_name: form.full_name.trim(),
  address: form.address.trim(),
  phone: form.phone.trim(),
});

/** Fields of the form that stand beside what is refused. */
export const filerFields = ['filer/full_name', 'filer/address', 'filer/phone'];

/** Name, address and telephone: the law asks for all three. */
export function FilerFields(props: {
  form: FilerForm;
  errors: Record<string, string>;
  onChange: (form: FilerForm) => void;
}) {
  const { t } = useTranslation('feedback');
  const { form, errors } = props;
  return (
    <>
      <TextInput
        required
        label={t('filer.name')}
        maxLength={200}
        value={form.full_name}
        error={errors['filer/full_name']}
        onChange={(e) => props.onChange({ ...form, full_name: e.currentTarget.value })}
      />
      <TextInput
        required
        label={t('filer.phone')}
        inputMode="tel"
        maxLength={20}
        value={form.phone}
        error={errors['filer/phone']}
        onChange={(e) => props.onChange({ ...form, phone: e.currentTarget.value })}
      />
      <TextInput
        required
        className={css.wide}
        label={t('filer.address')}
        maxLength={300}
        value={form.address}
        error={errors['filer/address']}
        onChange={(e) => props.onChange({ ...form, address: e.currentTarget.value })}
      />
    </>
  );
}
