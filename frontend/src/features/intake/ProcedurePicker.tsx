import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { proceduresQuery } from '@/features/catalogue/api';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import type { ProcedureItem } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import css from './intake.module.css';
import { rankProcedures } from './rank';

const SHOWN = 12;
/** Typing pauses shorter than this ask the server only once. */
const DEBOUNCE_MS = 150;

/** Finds a procedure by a few letters without marks or by its code; arrows choose, Enter takes. */
export function ProcedurePicker(props: {
  /** The name of what is chosen already when the form opens. */
  begun?: string;
  error?: string;
  onChoose: (procedure: ProcedureItem, input: HTMLInputElement) => void;
}) {
  const { t } = useTranslation('intake');
  const limitWords = useLimitWords();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(props.begun ?? '');
  const [text, setText] = useState(chosen);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  /** Enter was quicker than the answer: the first found is taken as soon as it is there. */
  const [early, setEarly] = useState(false);
  const [typed] = useDebouncedValue(text, DEBOUNCE_MS);
  const asked = open && typed !== chosen ? typed.trim() : '';
  const found = useQuery({ ...proceduresQuery(asked), enabled: open });
  const items = rankProcedures(found.data?.items ?? [], asked).slice(0, SHOWN);
  const current = items[Math.min(active, items.length - 1)];
  const settled = typed === text && !found.isFetching;

  const choose = (item: ProcedureItem) => {
    setText(item.name);
    setChosen(item.name);
    setOpen(false);
    if (input.current) props.onChoose(item, input.current);
  };
  const takeEarly = useEffectEvent(() => {
    setEarly(false);
    if (current && open) choose(current);
  });
  useEffect(() => {
    if (early && settled) takeEarly();
  }, [early, settled]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      else {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setActive((a) =>
          items.length ? (Math.min(a, items.length - 1) + step + items.length) % items.length : 0,
        );
      }
    } else if (event.key === 'Enter' && open && !event.ctrlKey) {
      event.preventDefault();
      if (!settled) setEarly(true);
      else if (current) choose(current);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setEarly(false);
      setOpen(false);
    }
  };

  const shown = open && items.length > 0;
  return (
    <div className={css.picker}>
      <TextInput
        ref={input}
        required
        withAsterisk
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={shown && current ? `${listId}-${current.code}` : undefined}
        label={t('procedure.label')}
        description={t('procedure.hint')}
        leftSection={<Icon name="search" size={16} />}
        autoComplete="off"
        spellCheck={false}
        error={props.error}
        value={text}
        onChange={(e) => {
          setText(e.currentTarget.value);
          setActive(0);
          setEarly(false);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOpen(false);
          setEarly(false);
          setText(chosen);
        }}
      />
      {shown && (
        <ul id={listId} role="listbox" aria-label={t('procedure.list')} className={css.options}>
          {items.map((item) => (
            // The input keeps the focus and handles the keys; the list is only pointed at.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={item.code}
              id={`${listId}-${item.code}`}
              role="option"
              aria-selected={item === current}
              ref={item === current ? (el) => el?.scrollIntoView({ block: 'nearest' }) : undefined}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => choose(item)}
            >
              <span>{item.name}</span>
              <span className="small soft">
                {item.code} · {item.field} · {limitWords(item.limits.direct)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="sr-only" role="status">
        {open && settled ? t('procedure.found', { count: items.length }) : ''}
      </p>
      {open && settled && typed && items.length === 0 && !found.isError && (
        <p className="small soft">{t('procedure.none')}</p>
      )}
    </div>
  );
}
