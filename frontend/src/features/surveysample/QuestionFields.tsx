import { Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { STEPS } from '@/features/surveyresult/figures';
import { useFigures } from '@/features/surveyresult/useFigures';
import type { Questionnaire, SurveyQuestion } from '@/shared/api/types';
import { askedOf, enteredOf, type Entered, type Entries } from './answers';
import css from './sample.module.css';

/** The questions that are asked after what was said so far, as they are read out to somebody. */
export function QuestionFields(props: {
  questionnaire: Questionnaire;
  entries: Entries;
  missing: string[];
  onEntries: (entries: Entries) => void;
}) {
  const { questionnaire, entries, missing, onEntries } = props;
  return (
    <ol className={css.asked}>
      {askedOf(questionnaire, entries).map((question, i) => (
        <li key={question.id}>
          <QuestionField
            number={i + 1}
            question={question}
            entered={enteredOf(entries, question.id)}
            missing={missing.includes(question.id)}
            onEntered={(entered) => onEntries({ ...entries, [question.id]: entered })}
          />
        </li>
      ))}
    </ol>
  );
}

function QuestionField(props: {
  /** Which of those that are asked. */
  number: number;
  question: SurveyQuestion;
  entered: Entered;
  missing: boolean;
  onEntered: (entered: Entered) => void;
}) {
  const { t } = useTranslation('surveysample');
  const { said } = useFigures();
  const id = useId();
  const { question, entered, missing, onEntered } = props;
  const words = `${props.number}. ${said(question.text)}`;
  const wrong = missing ? t('outcome.required') : undefined;
  const typed = (text: string) => onEntered({ choices: [], typed: text });
  if (question.kind === 'text')
    return (
      <Textarea
        name={question.id}
        label={words}
        description={t('outcome.noNames')}
        required={question.required}
        autosize
        minRows={2}
        maxLength={1000}
        value={entered.typed}
        error={wrong}
        onChange={(e) => typed(e.currentTarget.value)}
      />
    );
  if (question.kind === 'number')
    return (
      <TextInput
        name={question.id}
        className={css.number}
        label={words}
        description={question.max == null ? undefined : t('outcome.most', { most: question.max })}
        required={question.required}
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        value={entered.typed}
        error={wrong}
        onChange={(e) => typed(e.currentTarget.value.replace(/\D/g, ''))}
      />
    );
  return (
    <fieldset className={css.question} data-question={question.id}>
      <legend>
        {words}
        {question.required && <span aria-hidden="true"> *</span>}
      </legend>
      <Choices {...props} wrongId={wrong && `${id}-wrong`} />
      {wrong && (
        <p id={`${id}-wrong`} className={css.wrong}>
          {wrong}
        </p>
      )}
    </fieldset>
  );
}

function Choices(props: {
  question: SurveyQuestion;
  entered: Entered;
  wrongId?: string;
  onEntered: (entered: Entered) => void;
}) {
  const { t } = useTranslation('surveyresult');
  const { said } = useFigures();
  const name = useId();
  const { question, entered, wrongId, onEntered } = props;
  const choices: { id: string; words: string }[] =
    question.kind === 'likert'
      ? [...STEPS].reverse().map((step) => ({ id: step, words: t(`step.${step}`) }))
      : (question.options ?? []).map((o) => ({ id: o.id, words: said(o.text) }));
  const wrong = { 'aria-invalid': wrongId ? true : undefined, 'aria-describedby': wrongId };
  return (
    <div className={css.choices}>
      {choices.map(({ id, words }) =>
        question.kind === 'multiple' ? (
          <Checkbox
            {...wrong}
            key={id}
            label={words}
            checked={entered.choices.includes(id)}
            onChange={(e) =>
              onEntered({
                typed: '',
                choices: choices
                  .map((c) => c.id)
                  .filter((c) => (c === id ? e.currentTarget.checked : entered.choices.includes(c))),
              })
            }
          />
        ) : (
          <Radio
            {...wrong}
            key={id}
            name={name}
            value={id}
            label={words}
            checked={entered.choices.includes(id)}
            onChange={() => onEntered({ typed: '', choices: [id] })}
          />
        ),
      )}
    </div>
  );
}
