import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import type { FigureToCheck, NewConfirmation } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { Chip } from '@/shared/ui/Notice';
import type { useConfirm } from './api';
import { ConfirmForm } from './ConfirmForm';
import { isLocal, nameOf, readLimit } from './figures';
import css from './upkeep.module.css';

/** One figure: what is said now, and for who may, the way to confirm it. */
export function FigureRow(props: {
  code: string;
  figure: FigureToCheck;
  mayConfirm: boolean;
  open: boolean;
  confirming: Pick<ReturnType<typeof useConfirm>, 'error' | 'isPending'>;
  onOpen: (open: boolean) => void;
  onConfirm: (body: NewConfirmation) => void;
}) {
  const { t } = useTranslation(['upkeep', 'draft']);
  const word = useWord();
  const limitWords = useLimitWords();
  const { figure } = props;
  const name = word('upkeep:figures.figure', nameOf(figure));
  const limit = readLimit(figure.text);
  const text = limit ? limitWords(limit) : figure.text;
  const button = useRef<HTMLButtonElement>(null);
  // A form that is closed again gives the focus back to the button that opened it.
  const wasOpen = useRef(props.open);
  useEffect(() => {
    if (wasOpen.current && !props.open && document.activeElement === document.body) button.current?.focus();
    wasOpen.current = props.open;
  }, [props.open]);
  return (
    <li className={css.figure}>
      <div className={css.figureHead}>
        <div>
          <p className="small soft">
            {name}
            {isLocal(figure.path) && ` · ${t('figures.local')}`}
          </p>
          {text && <p className={css.figureText}>{text}</p>}
          {figure.note && <p className="small soft">{figure.note}</p>}
          {figure.missing && (
            <p className={css.missing}>
              <Chip icon="info">{t('figures.missing')}</Chip>
              {props.mayConfirm && (
                <span className="small soft">{t('figures.missingText', { begin: t('draft:begin') })}</span>
              )}
            </p>
          )}
        </div>
        {props.mayConfirm && !figure.missing && !props.open && (
          <Button
            ref={button}
            variant="default"
            size="compact-md"
            aria-label={t('figures.confirmOf', { figure: name, code: props.code })}
            onClick={() => props.onOpen(true)}
          >
            {t('figures.confirm')}
          </Button>
        )}
      </div>
      {props.open && (
        <ConfirmForm
          label={t('figures.confirmOf', { figure: name, code: props.code })}
          path={figure.path}
          error={props.confirming.error}
          pending={props.confirming.isPending}
          onSend={props.onConfirm}
          onCancel={() => props.onOpen(false)}
        />
      )}
    </li>
  );
}
