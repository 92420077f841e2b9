import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '@/shared/ui/Icon';
import css from './draft.module.css';
import type { Row } from './form';
import { moved, without } from './lists';
import { row, type Part } from './part';

type Move = 'up' | 'down';
const icons: Record<Move, IconName> = { up: 'up', down: 'down' };

/** A list of rows that are added, moved and taken out; the keyboard stays with what it has just done. */
export function RowList<T extends Row>(props: {
  part: Part<T[]>;
  /** What a row is called by its number. */
  one: (number: number) => string;
  /** What a row says of itself. */
  says: (row: T) => string;
  make: () => T;
  add: string;
  remove: string;
  children: (part: Part<T>) => ReactNode;
}) {
  const { t } = useTranslation('draft');
  const { part } = props;
  const list = part.value;
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<string[]>([]);

  // The first of what is wanted that is there takes the focus, once the rows stand where they belong.
  useEffect(() => {
    for (const selector of wanted.current.splice(0)) {
      const found = box.current?.querySelector<HTMLElement>(selector);
      if (found) {
        found.focus();
        return;
      }
    }
  });

  const first = (key: number) => `[data-row="${key}"] :is(input, textarea)`;
  const add = () => {
    const made = props.make();
    wanted.current = [first(made.key)];
    part.change(`${part.at}/new`, (rows) => [...rows, made]);
  };
  const remove = (i: number) => {
    const next = list[i + 1] ?? list[i - 1];
    wanted.current = [...(next ? [first(next.key)] : []), `[name="${part.at}/new"]`];
    part.change(part.at, (rows) => without(rows, i));
  };
  const move = (i: number, which: Move) => {
    const key = list[i]?.key;
    const tool = (each: Move) => `[data-tools="${key}"] [data-move="${each}"]:not(:disabled)`;
    wanted.current = [tool(which), tool(which === 'up' ? 'down' : 'up')];
    part.change(part.at, (rows) => moved(rows, i, which === 'up' ? -1 : 1));
  };

  return (
    <div ref={box}>
      {list.length > 0 && (
        <div className={css.rows}>
          {list.map((item, i) => {
            const what = props.says(item) || props.one(i + 1);
            return (
              <fieldset key={item.key} className={css.row} data-row={item.key}>
                <legend>{props.one(i + 1)}</legend>
                {props.children(row(part, i, item))}
                <div className={css.rowTools} data-tools={item.key}>
                  {list.length > 1 &&
                    (['up', 'down'] as const).map((which) => (
                      <Button
                        key={which}
                        size="compact-md"
                        variant="default"
                        data-move={which}
                        disabled={which === 'up' ? i === 0 : i === list.length - 1}
                        leftSection={<Icon name={icons[which]} size={14} />}
                        aria-label={t(`rows.${which}Of`, { what })}
                        onClick={() => move(i, which)}
                      >
                        {t(`rows.${which}`)}
                      </Button>
                    ))}
                  <Button
                    size="compact-md"
                    variant="default"
                    leftSection={<Icon name="cross" size={14} />}
                    aria-label={t('rows.removeOf', { remove: props.remove, what })}
                    onClick={() => remove(i)}
                  >
                    {props.remove}
                  </Button>
                </div>
              </fieldset>
            );
          })}
        </div>
      )}
      <Button
        variant="default"
        name={`${part.at}/new`}
        aria-describedby={part.errors[`${part.at}/new`] ? `${part.at}/complaint` : undefined}
        leftSection={<Icon name="plus" size={16} />}
        onClick={add}
      >
        {props.add}
      </Button>
      {part.errors[`${part.at}/new`] && (
        <p id={`${part.at}/complaint`} className={css.complaint}>
          {part.errors[`${part.at}/new`]}
        </p>
      )}
    </div>
  );
}
