import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from '@/features/draft/draft.module.css';
import { Check, Choice, NumberField } from '@/features/draft/inputs';
import { absentMeans, bind, inside, type Bound, type Part } from '@/features/draft/part';
import { RowList } from '@/features/draft/RowList';
import type { QuestionKind } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { BothFields } from './BothFields';
import {
  emptyNamed,
  hasOptions,
  isChosen,
  kinds,
  marksOf,
  ofKind,
  type QuestionForm,
  type QuestionnaireForm,
} from './form';

interface Props {
  part: Part<QuestionForm>;
  form: QuestionnaireForm;
}

/** One question: how it reads, how it is answered, when it is asked and what its answers are counted for. */
export function QuestionFields({ part, form }: Props) {
  const { t } = useTranslation('survey');
  const { value: question } = part;
  const kind = bind(part, 'kind');
  return (
    <div className={css.fields}>
      <BothFields part={inside(part, 'text')} required label={t('field.question')} />
      <Choice
        of={{
          ...kind,
          set: (chosen) => part.change(kind.at, (whole) => ofKind(whole, chosen as QuestionKind)),
        }}
        label={t('field.kind')}
        options={kinds}
        words="survey:kind"
        className={css.half}
      />
      {question.kind === 'number' && (
        <NumberField of={bind(part, 'max')} required label={t('field.max')} className={css.half} />
      )}
      {hasOptions(question.kind) && (
        <div>
          {question.kind === 'faces' && <p className="small soft">{t('options.faces')}</p>}
          <RowList
            part={inside(part, 'options')}
            one={(number) => t('options.one', { number })}
            says={(option) => option.text.vi}
            make={emptyNamed}
            add={t('options.add')}
            remove={t('options.remove')}
          >
            {(option) => (
              <div className={css.fields}>
                <BothFields part={inside(option, 'text')} required label={t('field.option')} />
              </div>
            )}
          </RowList>
        </div>
      )}
      <Check of={bind(part, 'required')} label={t('field.required')} />
      <When part={part} form={form} />
      <Counted part={part} form={form} />
    </div>
  );
}

/** When it is asked: always, or after some answers to an earlier question. */
function When({ part, form }: Props) {
  const { t } = useTranslation(['survey', 'kiosk']);
  const of = bind(part, 'when');
  const at = `${part.at}/show_if`;
  const { when, key } = part.value;
  const place = form.questions.findIndex((each) => each.key === key);
  const asked = form.questions.find((each) => each.key === when?.question);
  const earlier = form.questions.filter((each, i) => (i < place && isChosen(each.kind)) || each === asked);
  const set = (next: QuestionForm['when']) => part.change(at, (whole) => ({ ...whole, when: next }));
  return (
    <>
      <NativeSelect
        name={at}
        label={t('when.label')}
        description={t('when.hint')}
        inputWrapperOrder={helpBelow}
        value={asked ? String(asked.key) : ''}
        error={part.errors[at]}
        onChange={(e) => {
          const chosen = e.currentTarget.value;
          set(chosen === '' ? null : { question: Number(chosen), choices: [] });
        }}
        data={[
          { value: '', label: t('when.always') },
          ...earlier.map((each) => ({
            value: String(each.key),
            label: t('when.after', {
              number: form.questions.indexOf(each) + 1,
              text: each.text.vi || t('builder.unnamed'),
            }),
          })),
        ]}
      />
      {asked && of.value && (
        <div role="group" aria-label={t('when.choices')}>
          <p className="small soft">{t('when.choices')}</p>
          <div className={css.checks}>
            {marksOf(asked).map(({ mark, option }, i) => (
              <Checkbox
                key={mark}
                name={`${at}/any_of/${i}`}
                label={
                  option
                    ? option.text.vi || t('options.one', { number: i + 1 })
                    : t(`kiosk:steps.${mark as '1'}`)
                }
                checked={of.value?.choices.includes(mark) ?? false}
                onChange={(e) => {
                  const rest = (of.value?.choices ?? []).filter((each) => each !== mark);
                  set({ question: asked.key, choices: e.currentTarget.checked ? [...rest, mark] : rest });
                }}
              />
            ))}
          </div>
        </div>
      )}
    </>
  );
}

/** What its answers are counted for, where there is a choice. */
function Counted({ part, form }: Props) {
  const { t } = useTranslation('survey');
  const { value: question, errors } = part;
  const factor = bind(part, 'factor');
  const withWhole = question.kind === 'likert' || question.kind === 'faces';
  return (
    <>
      {form.factors.length > 0 && (
        <NativeSelect
          name={factor.at}
          className={css.half}
          label={t('field.factor')}
          value={factor.value ?? ''}
          error={factor.error}
          onChange={(e) => factor.set(e.currentTarget.value === '' ? null : Number(e.currentTarget.value))}
          data={[
            { value: '', label: t('factors.none') },
            ...form.factors.map((each, i) => ({
              value: String(each.key),
              label: each.text.vi || t('factors.one', { number: i + 1 }),
            })),
          ]}
        />
      )}
      {question.kind === 'number' && (
        <Choice
          of={absentMeans(bind(part, 'index') as Bound<string>, 'none')}
          label={t('field.index')}
          options={['none', '3', '4']}
          words="survey:index"
          className={css.half}
        />
      )}
      {isChosen(question.kind) && (
        <Check of={bind(part, 'officer')} label={t('field.about')} description={t('questions.officerHint')} />
      )}
      {(withWhole || question.overall) && (
        <Checkbox
          name={`${part.at}/overall`}
          label={t('field.overall')}
          description={t('questions.overallHint')}
          checked={question.overall}
          error={errors[`${part.at}/overall`]}
          onChange={(e) => {
            const { checked } = e.currentTarget;
            part.change(`${part.at}/overall`, (q) => ({ ...q, overall: checked }));
          }}
        />
      )}
    </>
  );
}
