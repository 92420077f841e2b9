import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Questionnaire, SurveyAnswer } from '@/shared/api/types';
import type { Language } from '@/shared/i18n';
import { Icon } from '@/shared/ui/Icon';
import { Field, wordsOf } from './Field';
import css from './kiosk.module.css';
import { answersOf, askedOf, isAnswered, nothing, type Answers } from './rules';
import { useVoice } from './speech';

/** A questionnaire one question at a time, as kiosks, tablets and whoever writes it see it. */
export function Walk(props: {
  questionnaire: Questionnaire;
  language: Language;
  /** It has the screen to itself: its question is what the page is about, and is where reading begins. */
  alone: boolean;
  busy?: boolean;
  /** What stands in the way of sending. */
  notice?: ReactNode;
  onSend: (answers: SurveyAnswer[]) => void;
}) {
  const { questionnaire, language, alone } = props;
  const { t } = useTranslation('kiosk', { lng: language });
  const [answers, setAnswers] = useState<Answers>({});
  const [at, setAt] = useState(0);
  const [lacking, setLacking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const voice = useVoice(language);
  const id = useId();

  const asked = askedOf(questionnaire, answers);
  const place = Math.min(at, asked.length - 1);
  const question = asked[place];
  const shown = useRef(alone ? undefined : question?.id);
  useEffect(() => {
    if (!question || shown.current === question.id) return;
    shown.current = question.id;
    heading.current?.focus();
  }, [question]);
  if (!question) return null;

  const given = answers[question.id] ?? nothing;
  const answered = isAnswered(question, given);
  const last = place === asked.length - 1;
  const Heading = alone ? 'h1' : 'h3';
  const go = (to: number) => {
    voice?.stop();
    setLacking(false);
    setAt(to);
  };
  const next = () => {
    if (props.busy) return;
    if (question.required && !answered) {
      setLacking(true);
      document.getElementById(`${id}-0`)?.focus();
    } else if (last) {
      voice?.stop();
      props.onSend(answersOf(questionnaire, answers));
    } else go(place + 1);
  };
  const title = questionnaire.title[language];
  const intro = questionnaire.intro?.[language];
  return (
    <form
      className={css.walk}
      lang={language}
      noValidate
      autoComplete="off"
      aria-label={title}
      data-alone={alone || undefined}
      onSubmit={(e) => {
        e.preventDefault();
        next();
      }}
    >
      <div className={css.progress}>
        <p role="status">{t('progress', { now: place + 1, all: asked.length })}</p>
        <div aria-hidden="true" className={css.bar}>
          <div style={{ inlineSize: `${((place + 1) / asked.length) * 100}%` }} />
        </div>
      </div>
      {place === 0 && (
        <div className={css.intro}>
          <p className={css.title}>{title}</p>
          {intro && <p>{intro}</p>}
        </div>
      )}
      <Heading ref={heading} tabIndex={-1} id={`${id}-question`} className={css.question}>
        {question.text[language]}
      </Heading>
      {question.required && <p className={css.hint}>{t('required')}</p>}
      {question.kind === 'multiple' && <p className={css.hint}>{t('several')}</p>}
      {props.notice}
      <Field
        key={question.id}
        id={id}
        question={question}
        given={given}
        language={language}
        lacking={lacking && !answered}
        onChange={(now) => {
          setLacking(false);
          setAnswers({ ...answers, [question.id]: now });
        }}
      />
      <p id={`${id}-lack`} role="alert" className={css.lack}>
        {lacking && !answered && (
          <>
            <Icon name="late" size={24} />
            {t('lacking')}
          </>
        )}
      </p>
      <div className={css.tools}>
        {place > 0 && (
          <button type="button" className={css.quiet} onClick={() => go(place - 1)}>
            <Icon name="left" size={24} />
            {t('back')}
          </button>
        )}
        {voice && (
          <button
            type="button"
            className={css.quiet}
            aria-pressed={voice.speaking}
            onClick={() => (voice.speaking ? voice.stop() : voice.read(wordsOf(question, language, t)))}
          >
            <Icon name="sound" size={24} />
            {t(voice.speaking ? 'readStop' : 'read')}
          </button>
        )}
        <button type="submit" className={css.next} aria-disabled={props.busy || undefined}>
          {t(props.busy ? 'sending' : last ? 'send' : answered || question.required ? 'next' : 'skip')}
        </button>
      </div>
    </form>
  );
}
