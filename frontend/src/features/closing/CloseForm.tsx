import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskDialog } from '@/features/payment/AskDialog';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { NewTillClosing, OpenTill, Till, TillClosingDetails } from '@/shared/api/types';
import { AmountInput } from '@/shared/ui/AmountInput';
import { formatDate, formatVnd } from '@/shared/ui/format';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useCounters, type useClose } from './api';
import css from './closing.module.css';
import { DifferenceChip } from './DifferenceChip';
import { NotesField } from './NotesField';
import { WeighedTable } from './WeighedTable';
import {
  closingOf,
  differenceOf,
  EMPTY,
  lacksOf,
  notesOf,
  wasTaken,
  weigh,
  worthOf,
  type Counting,
  type Lack,
} from './words';

interface Props {
  till: Till;
  open: OpenTill;
  close: ReturnType<typeof useClose>;
  onClosed: (closing: TillClosingDetails) => void;
}

/** What is about to be closed, as it stood when it was asked: what comes meanwhile is the next closing's. */
interface Asked {
  body: NewTillClosing;
  day: string;
  net: number;
  difference: number;
}

/** Counts what was taken, holds it against what should be there, and closes. */
export function CloseForm({ till, open, close, onClosed }: Props) {
  const { t } = useTranslation('closing');
  const form = useRef<KeyFormHandle>(null);
  const [counting, setCounting] = useState(EMPTY);
  const [told, setTold] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const counters = useCounters(till.centre_id, open.day);
  const problem = close.isError ? asProblem(close.error) : null;
  const errors = errorsByField(problem);
  const notes = notesOf(till.notes_vnd, counting.notes);
  const weighed = weigh(open.sums, { card: counting.card, cash: notes && worthOf(notes) });
  const difference = differenceOf(weighed);
  const lacks = lacksOf(weighed, counting.reason);
  const lacking = (field: Lack) => (told && lacks.includes(field) ? t(`lacking.${field}`) : errors[field]);

  const change = (part: Partial<Counting>) => {
    setCounting((now) => ({ ...now, ...part }));
    if (!close.isIdle) close.reset();
  };
  const send = () => {
    if (close.isPending) return;
    setTold(true);
    if (lacks.length > 0 || difference === null) {
      form.current?.focusFault();
      return;
    }
    close.reset();
    setAsked({
      body: closingOf(till, open, counting, difference),
      day: open.day,
      net: open.net_vnd,
      difference,
    });
  };
  return (
    <>
      <KeyForm
        ref={form}
        label={t('close.title')}
        className={css.form}
        // The question before it has the focus.
        refusal={asked ? null : close.error}
        onSend={send}
      >
        <p className="small soft">{t(weighed.length > 0 ? 'close.lead' : 'close.nothingToCount')}</p>
        {wasTaken(open.sums, 'card') && (
          <AmountInput
            signed
            required
            className={css.short}
            name="card_vnd"
            label={t('close.card')}
            description={t('close.cardHint')}
            value={counting.card}
            error={lacking('card_vnd')}
            onChange={(card) => change({ card })}
          />
        )}
        {wasTaken(open.sums, 'cash') && (
          <NotesField
            values={till.notes_vnd}
            typed={counting.notes}
            error={lacking('cash_notes')}
            wrong={Object.fromEntries(
              till.notes_vnd.map((_, i) => [
                i,
                errors[`cash_notes/${i}/count`] ?? errors[`cash_notes/${i}/value_vnd`],
              ]),
            )}
            onChange={(value, typed) => change({ notes: { ...counting.notes, [value]: typed } })}
          />
        )}
        {counters.length > 0 && (
          <NativeSelect
            className={css.short}
            name="counter_id"
            label={t('close.counter')}
            value={counting.counter}
            error={errors.counter_id}
            onChange={(e) => change({ counter: e.currentTarget.value })}
            data={[
              { value: '', label: t('close.noCounter') },
              ...counters.map((c) => ({ value: c.id, label: c.name })),
            ]}
          />
        )}
        {weighed.length > 0 && (
          <div>
            <h3 id="weighed-title">{t('weighed.title')}</h3>
            <WeighedTable weighed={weighed} label="weighed-title" />
          </div>
        )}
        {difference !== null && difference !== 0 && (
          <TextInput
            required
            name="reason"
            label={t('close.reason')}
            description={t('close.reasonHint')}
            inputWrapperOrder={helpBelow}
            maxLength={500}
            value={counting.reason}
            error={lacking('reason')}
            onChange={(e) => change({ reason: e.currentTarget.value })}
          />
        )}
        {problem && !asked && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
        <div className={css.buttons}>
          <Button type="submit">{t('close.send')}</Button>
        </div>
      </KeyForm>
      {asked && (
        <AskDialog
          title={t('close.send')}
          yes={t('close.send')}
          step={close}
          onSend={() =>
            close.mutate(asked.body, {
              onSuccess: (closing) => {
                setAsked(undefined);
                setCounting(EMPTY);
                setTold(false);
                onClosed(closing);
              },
              onError: (error) => {
                // What is refused is put right in the form; what was not answered is sent again as it is.
                if (!asProblem(error).unanswered) setAsked(undefined);
              },
            })
          }
          onClose={() => setAsked(undefined)}
        >
          <p>{t('close.ask', { amount: formatVnd(asked.net), day: formatDate(asked.day) })}</p>
          {asked.difference !== 0 && <DifferenceChip difference={asked.difference} />}
        </AskDialog>
      )}
    </>
  );
}
