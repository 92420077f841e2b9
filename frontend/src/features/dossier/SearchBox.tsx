import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { wholeCode } from './code';
import { useOpenByCode } from './useOpenByCode';

/**
 * Searches when Enter is pressed or the box is left; the server ignores marks and case. A whole code, as a scanner types
 * it, opens its dossier.
 */
export function SearchBox(props: {
  label: string;
  description?: string;
  placeholder?: string;
  initial: string;
  onSearch: (q: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(props.initial);
  const open = useOpenByCode();
  const submit = () => {
    if (text.trim() !== props.initial) props.onSearch(text.trim());
  };
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const code = wholeCode(text);
        if (code) open.mutate(code, { onSuccess: (found) => found || props.onSearch(code), onError: submit });
        else submit();
      }}
    >
      <TextInput
        type="search"
        label={props.label}
        description={props.description}
        placeholder={props.placeholder ?? t('searchPlaceholder')}
        leftSection={<Icon name="search" size={16} />}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          if (event.currentTarget.value === '') props.onSearch('');
        }}
        onBlur={() => {
          if (!open.isPending) submit();
        }}
      />
    </form>
  );
}
