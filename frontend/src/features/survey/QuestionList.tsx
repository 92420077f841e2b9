import { useTranslation } from 'react-i18next';
import type { Questionnaire, SurveyQuestion } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { Chip } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import css from './survey.module.css';

/** What is asked, question by question, in the language of the page and in the other. */
export function QuestionList({ questionnaire }: { questionnaire: Questionnaire }) {
  const { t } = useTranslation('survey');
  return (
    <Card id="asked" title={t('questions.title')}>
      <ol className={css.questions}>
        {questionnaire.questions.map((question) => (
          <li key={question.id}>
            <Question question={question} of={questionnaire} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Question({ question, of }: { question: SurveyQuestion; of: Questionnaire }) {
  const { t, i18n } = useTranslation(['survey', 'kiosk']);
  const word = useWord();
  const here = i18n.language === 'en' ? 'en' : 'vi';
  const other = here === 'vi' ? 'en' : 'vi';
  const when = question.show_if;
  const asked = when && of.questions.find(({ id }) => id === when.question);
  const choice = (id: string) =>
    asked?.options?.find((each) => each.id === id)?.text[here] ?? word('kiosk:steps', id);
  const factor = of.factors?.find(({ id }) => id === question.factor);
  return (
    <>
      <p className={css.asked}>{question.text[here]}</p>
      <p className="small soft" lang={other}>
        {question.text[other]}
      </p>
      {question.options && question.options.length > 0 && (
        <ul className={css.options}>
          {question.options.map((option) => (
            <li key={option.id}>
              {option.text[here]}{' '}
              <span className="small soft" lang={other}>
                ({option.text[other]})
              </span>
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <p className="small">
          {t('when.said', {
            number: of.questions.indexOf(asked) + 1,
            choices: when.any_of.map(choice).join(', '),
          })}
        </p>
      )}
      <div className={css.marks}>
        <Chip>{t(`kind.${question.kind}`)}</Chip>
        {question.required && <Chip>{t('field.required')}</Chip>}
        {question.about === 'officer' && <Chip>{t('field.about')}</Chip>}
        {question.overall && <Chip>{t('field.overall')}</Chip>}
        {question.index && <Chip>{word('survey:index', String(question.index))}</Chip>}
        {factor && <Chip>{t('factors.of', { name: factor.text[here] })}</Chip>}
      </div>
    </>
  );
}
