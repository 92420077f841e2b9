import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { SurveyRemark } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { heldRemarksQuery, useScreen } from './api';
import { RemarkFrom } from './RemarkFrom';
import css from './result.module.css';

/** What waits to be looked at, one after the other. */
export function ScreeningCard() {
  const { t } = useTranslation('surveyresult');
  const held = useQuery(heldRemarksQuery());
  const [later, setLater] = useState<string[]>([]);
  const [done, setDone] = useState<'opened' | 'dropped' | 'putOff'>();
  const screen = useScreen();
  const status = useRef<HTMLParagraphElement>(null);
  const items = held.data?.items ?? [];
  // Those put off come again once all others were looked at.
  const next = items.find((r) => !later.includes(r.id)) ?? items[0];
  const count = held.data?.next
    ? t('screening.many', { count: items.length })
    : t('screening.left', { count: items.length });
  // After the last one the focus has nowhere to go but to what became of it.
  const over = held.data !== undefined && !next && done !== undefined;
  useEffect(() => {
    if (over) status.current?.focus();
  }, [over]);
  return (
    <Card id="screening" title={t('screening.title')}>
      <div className={css.stack}>
        <p className="small soft">{t('screening.lead')}</p>
        {held.isPending && <Loading />}
        {held.isError && <ProblemNotice error={held.error} onRetry={() => void held.refetch()} />}
        <p
          ref={status}
          tabIndex={-1}
          role="status"
          className={done || items.length > 0 ? 'small' : 'sr-only'}
        >
          {done && t(`screening.${done}`)} {held.data && items.length > 0 && count}
        </p>
        {held.data && !next && <Empty icon="check" title={t('screening.none')} />}
        {next && (
          <Desk
            key={`${next.id} ${next.version}`}
            remark={next}
            others={items.length > 1}
            screen={screen}
            onDone={(open) => setDone(open ? 'opened' : 'dropped')}
            onLater={() => {
              setDone('putOff');
              const rest = items.filter((r) => r.id !== next.id && !later.includes(r.id));
              // All were put off: the round begins anew, with another than this one.
              setLater(rest.length > 0 ? [...later, next.id] : [next.id]);
            }}
          />
        )}
      </div>
    </Card>
  );
}

/** The one that is looked at now: it may be reworded, then it is opened to the ward, or dropped for good. */
function Desk(props: {
  remark: SurveyRemark;
  others: boolean;
  screen: ReturnType<typeof useScreen>;
  onDone: (open: boolean) => void;
  onLater: () => void;
}) {
  const { t } = useTranslation('surveyresult');
  const { remark, others, screen, onDone, onLater } = props;
  const [text, setText] = useState(remark.text);
  const [dropping, setDropping] = useState(false);
  // What was refused of another is not this one's.
  const problem = screen.isError && screen.variables.remark.id === remark.id ? asProblem(screen.error) : null;
  const errors = errorsByField(problem);
  const empty = text.trim() === '';
  const send = (open: boolean) =>
    screen.mutate(
      { remark, body: open && text !== remark.text ? { open, text } : { open } },
      { onSuccess: () => onDone(open) },
    );
  const open = () => {
    if (!empty && !screen.isPending) send(true);
  };

  useEffect(() => {
    if (dropping) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.shiftKey || event.metaKey || event.repeat) return;
      const ctrl = event.ctrlKey && !event.altKey;
      const alt = event.altKey && !event.ctrlKey;
      const does =
        ctrl && event.key === 'Enter'
          ? open
          : alt && event.code === 'KeyL'
            ? () => setDropping(true)
            : alt && event.code === 'KeyS' && others
              ? onLater
              : undefined;
      if (!does) return;
      event.preventDefault();
      does();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  return (
    <div className={css.desk}>
      <RemarkFrom remark={remark} />
      <Textarea
        autoFocus
        name="remark"
        lang="vi"
        label={t('screening.words')}
        description={t('screening.hint')}
        inputWrapperOrder={helpBelow}
        autosize
        minRows={3}
        maxLength={1000}
        value={text}
        error={errors.text ?? (empty && t('screening.empty'))}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      <div className={css.buttons}>
        <Button
          aria-keyshortcuts="Control+Enter"
          disabled={empty}
          loading={screen.isPending && screen.variables.body.open}
          onClick={open}
        >
          {t('screening.open')}
        </Button>
        <Button color="red" variant="outline" aria-keyshortcuts="Alt+L" onClick={() => setDropping(true)}>
          {t('screening.drop')}
        </Button>
        {others && (
          <Button variant="default" aria-keyshortcuts="Alt+S" onClick={onLater}>
            {t('screening.later')}
          </Button>
        )}
      </div>
      <p className={`small soft ${css.keys}`}>
        <span>{t('screening.key.open')}</span>
        <span>{t('screening.key.drop')}</span>
        {others && <span>{t('screening.key.later')}</span>}
      </p>
      {dropping && (
        <Dialog title={t('screening.sure')} onClose={() => setDropping(false)}>
          <div className={css.stack}>
            <p>{t('screening.forGood')}</p>
            <p className={css.words} lang="vi">
              {remark.text}
            </p>
            <div className={css.buttons}>
              <Button
                data-autofocus
                color="red"
                loading={screen.isPending}
                onClick={() => {
                  setDropping(false);
                  send(false);
                }}
              >
                {t('screening.drop')}
              </Button>
              <Button variant="default" onClick={() => setDropping(false)}>
                {t('screening.keep')}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
