import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurveyQuestion, SurveyQuestionResult, SurveyResults, SurveySlice } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import cards from '@/shared/ui/cards.module.css';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { PartBar } from './Bars';
import { choicesOf, keyOf, kindOf, percentOf } from './figures';
import css from './result.module.css';
import type { SliceNames } from './Tables';
import { useFigures } from './useFigures';

/** How each question was answered, in the whole or in one group that is shown. */
export function QuestionsCard({ results, fields }: { results: SurveyResults } & SliceNames) {
  const { t } = useTranslation('surveyresult');
  const word = useWord();
  const shown = results.slices.filter((s) => s.n != null);
  const [chosen, setChosen] = useState('');
  const slice = shown.find((s) => keyOf(s) === chosen) ?? shown[0];
  const name = (s: SurveySlice) => {
    const field = s.field && (fields.get(s.field) ?? s.field);
    const names = {
      whole: t('groups.whole'),
      authority: s.authority_name,
      field: `${s.authority_name} – ${field}`,
      channel: word('surveyresult:channel', s.channel ?? ''),
    };
    return names[kindOf(s)] ?? '';
  };
  if (!slice) return null;
  return (
    <Card id="questions" title={t('questions.title')}>
      <div className={css.stack}>
        <NativeSelect
          name="slice"
          className={css.questionnaire}
          label={t('questions.slice')}
          value={keyOf(slice)}
          data={shown.map((s) => ({ value: keyOf(s), label: name(s) }))}
          onChange={(e) => setChosen(e.currentTarget.value)}
        />
        <div className={css.questions}>
          {results.questionnaire.questions.map((question) => (
            <Distribution
              key={question.id}
              question={question}
              result={slice.questions.find((r) => r.question === question.id)}
            />
          ))}
        </div>
      </div>
    </Card>
  );
}

/** How many chose what, each with its bar. */
export function Distribution(props: {
  question: SurveyQuestion;
  result?: SurveyQuestionResult;
  /** Where the same question stands on the page more than once. */
  id?: string;
}) {
  const { t } = useTranslation('surveyresult');
  const { count, percent, said, choice } = useFigures();
  const { question, result } = props;
  const id = `question-${props.id ?? question.id}`;
  const choices = result ? choicesOf(question, result) : [];
  return (
    <div className={css.part}>
      <h3 id={id}>{said(question.text)}</h3>
      {question.kind === 'text' && <p className="soft">{t('questions.words')}</p>}
      {question.kind !== 'text' && !result && <p className="soft">{t('questions.held')}</p>}
      {question.kind !== 'text' && result && (
        <>
          <p className="small soft">
            {t('questions.n', { n: count(result.n) })}
            {result.satisfied && ` ${t('questions.share', { percent: percent(result.satisfied.percent) })}`}
            {question.kind === 'multiple' && ` ${t('questions.several')}`}
          </p>
          <table className={`${ui.table} ${cards.cards} ${css.table}`} role="table" aria-labelledby={id}>
            <thead role="rowgroup">
              <tr role="row">
                <th role="columnheader" scope="col">
                  {t('column.choice')}
                </th>
                <th role="columnheader" scope="col" className="num">
                  {t('column.count')}
                </th>
                <th role="columnheader" scope="col" className="num">
                  {t('column.part')}
                </th>
                <td className={css.bar} />
              </tr>
            </thead>
            <tbody role="rowgroup">
              {choices.map((c) => (
                <tr key={c.choice} role="row">
                  <th role="rowheader" scope="row">
                    {choice(c, question.kind)}
                  </th>
                  <td role="cell" className="num">
                    <span className={cards.head} aria-hidden="true">
                      {t('column.count')}{' '}
                    </span>
                    {count(c.n)}
                  </td>
                  <td role="cell" className="num">
                    {percent(percentOf(c.n, result.n))}
                  </td>
                  <td role="cell" className={css.bar}>
                    <PartBar percent={percentOf(c.n, result.n)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}
