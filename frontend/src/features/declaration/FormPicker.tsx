import { TextInput } from '@mantine/core';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import picker from '@/features/intake/intake.module.css';
import type { DeclarationFormItem } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Icon } from '@/shared/ui/Icon';
import { useBoth } from './parts';
import { findForms } from './words';

/** Finds a form by a few letters without marks or by the code of its procedure; arrows choose, Enter takes. */
export function FormPicker(props: {
  forms: DeclarationFormItem[];
  chosen: DeclarationFormItem | null;
  error?: string;
  onChoose: (form: DeclarationFormItem) => void;
}) {
  const { t } = useTranslation('declaration');
  const language = useBoth();
  const listId = useId();
  const { chosen } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const items = findForms(props.forms, typed ?? '');
  const current = items[Math.min(active, items.length - 1)];
  const shown = open && items.length > 0;

  const choose = (form: DeclarationFormItem) => {
    setTyped(null);
    setOpen(false);
    props.onChoose(form);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (!open) setOpen(true);
      else if (items.length > 0)
        setActive((a) => (Math.min(a, items.length - 1) + step + items.length) % items.length);
    } else if (event.key === 'Enter' && open && !event.ctrlKey) {
      event.preventDefault();
      if (current) choose(current);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setTyped(null);
      setOpen(false);
    }
  };
  return (
    <div className={picker.picker}>
      <TextInput
        required
        withAsterisk
        autoFocus
        data-autofocus
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={shown && current ? `${listId}-${current.code}` : undefined}
        label={t('begin.form')}
        description={t('begin.hint')}
        inputWrapperOrder={helpBelow}
        leftSection={<Icon name="search" size={16} />}
        autoComplete="off"
        spellCheck={false}
        error={props.error}
        value={typed ?? chosen?.title[language] ?? ''}
        onFocus={(e) => e.currentTarget.select()}
        onChange={(e) => {
          setTyped(e.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setTyped(null);
          setOpen(false);
        }}
      />
      {shown && (
        <ul id={listId} role="listbox" aria-label={t('begin.list')} className={picker.options}>
          {items.map((item) => (
            // The input keeps the focus and handles the keys; the list is only pointed at.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={item.code}
              id={`${listId}-${item.code}`}
              role="option"
              aria-selected={item === current}
              ref={item === current ? (el) => el?.scrollIntoView?.({ block: 'nearest' }) : undefined}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => choose(item)}
            >
              <span>{item.title[language]}</span>
              <span className="small soft">{item.procedures.join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="sr-only" role="status">
        {open ? t('begin.found', { count: items.length }) : ''}
      </p>
      {open && typed && items.length === 0 && <p className="small soft">{t('begin.none')}</p>}
    </div>
  );
}
