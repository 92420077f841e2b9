import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SurveyQuestion } from '@/shared/api/types';
import type { Language } from '@/shared/i18n';
import { Face } from './Face';
import css from './kiosk.module.css';
import { choose, figureOf, MOST_TEXT, STEPS, stepped, type Given } from './rules';

interface Props {
  /** Of the questionnaire on the screen: what belongs together is named by it. */
  id: string;
  question: SurveyQuestion;
  given: Given;
  language: Language;
  lacking: boolean;
  onChange: (given: Given) => void;
}

type Words = TFunction<'kiosk'>;

/** What may be chosen, in its order and words. */
function choicesOf(question: SurveyQuestion, language: Language, t: Words): { id: string; text: string }[] {
  if (question.kind === 'likert') return STEPS.map((id) => ({ id, text: t(`steps.${id}`) }));
  return (question.options ?? []).map(({ id, text }) => ({ id, text: text[language] }));
}

/** A question as it is read aloud. */
export const wordsOf = (question: SurveyQuestion, language: Language, t: Words): string =>
  [question.text[language], ...choicesOf(question, language, t).map(({ text }) => text)].join('. ');

/** Where a question is answered, by its kind. */
export function Field(props: Props) {
  if (props.question.kind === 'number') return <Figure {...props} />;
  if (props.question.kind === 'text') return <Words {...props} />;
  return <Choices {...props} />;
}

function Choices({ id, question, given, language, lacking, onChange }: Props) {
  const { t } = useTranslation('kiosk', { lng: language });
  const several = question.kind === 'multiple';
  return (
    <div
      className={css.choices}
      data-kind={question.kind}
      role={several ? 'group' : 'radiogroup'}
      aria-labelledby={`${id}-question`}
      {...(several
        ? {}
        : { 'aria-required': question.required, 'aria-invalid': lacking, 'aria-describedby': `${id}-lack` })}
    >
      {choicesOf(question, language, t).map((choice, i) => (
        <label key={choice.id} className={css.choice}>
          <input
            id={`${id}-${i}`}
            type={several ? 'checkbox' : 'radio'}
            name={`${id}-choice`}
            value={choice.id}
            checked={given.choices.includes(choice.id)}
            onChange={(e) => onChange(choose(question, given, choice.id, e.currentTarget.checked))}
          />
          {question.kind === 'faces' && <Face place={i} />}
          <span>{choice.text}</span>
        </label>
      ))}
    </div>
  );
}

function Figure({ id, question, given, language, lacking, onChange }: Props) {
  const { t } = useTranslation('kiosk', { lng: language });
  const most = question.max ?? 1000;
  const press = (by: 1 | -1) => onChange({ ...given, number: stepped(given.number, by, most) });
  return (
    <div className={css.figure} role="group" aria-labelledby={`${id}-question`}>
      <button type="button" className={css.quiet} aria-label={t('less')} onClick={() => press(-1)}>
        <span aria-hidden="true">−</span>
      </button>
      <input
        id={`${id}-0`}
        aria-labelledby={`${id}-question`}
        aria-describedby={`${id}-lack`}
        aria-invalid={lacking}
        aria-required={question.required}
        inputMode="numeric"
        autoComplete="off"
        value={given.number ?? ''}
        onChange={(e) => onChange({ ...given, number: figureOf(e.currentTarget.value, most) })}
      />
      <button type="button" className={css.quiet} aria-label={t('more')} onClick={() => press(1)}>
        <span aria-hidden="true">+</span>
      </button>
      <p className={css.hint}>{t('most', { most })}</p>
    </div>
  );
}

function Words({ id, question, given, language, lacking, onChange }: Props) {
  const { t } = useTranslation('kiosk', { lng: language });
  return (
    <div className={css.words}>
      <textarea
        id={`${id}-0`}
        aria-labelledby={`${id}-question`}
        aria-describedby={`${id}-lack ${id}-hint`}
        aria-invalid={lacking}
        aria-required={question.required}
        autoComplete="off"
        spellCheck={false}
        rows={4}
        maxLength={MOST_TEXT}
        value={given.text}
        onChange={(e) => onChange({ ...given, text: e.currentTarget.value })}
      />
      <p id={`${id}-hint`} className={css.hint}>
        {t('textHint')}
      </p>
    </div>
  );
}
