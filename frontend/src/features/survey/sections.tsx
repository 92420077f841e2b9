import { useTranslation } from 'react-i18next';
import css from '@/features/draft/draft.module.css';
import { LongField, TextField } from '@/features/draft/inputs';
import { bind, inside, type Part } from '@/features/draft/part';
import { RowList } from '@/features/draft/RowList';
import { Card } from '@/shared/ui/Page';
import { BothFields } from './BothFields';
import { emptyNamed, emptyQuestion, type QuestionnaireForm } from './form';
import { QuestionFields } from './QuestionFields';

interface Props {
  part: Part<QuestionnaireForm>;
}

export function HeadSection({ part, fixed }: Props & { fixed: boolean }) {
  const { t } = useTranslation('survey');
  return (
    <Card id="head" title={t('head.title')}>
      <div className={css.fields}>
        <TextField
          of={bind(part, 'code')}
          required
          readOnly={fixed}
          label={t('field.code')}
          description={t(fixed ? 'head.codeFixed' : 'head.codeHint')}
          className={css.half}
        />
        <LongField
          of={bind(part, 'source')}
          label={t('field.source')}
          description={t('head.sourceHint')}
          className={css.half}
        />
        <BothFields part={inside(part, 'title')} required label={t('field.title')} />
        <BothFields part={inside(part, 'intro')} label={t('field.intro')} />
      </div>
    </Card>
  );
}

export function QuestionsSection({ part }: Props) {
  const { t } = useTranslation('survey');
  return (
    <Card id="questions" title={t('questions.title')}>
      <p className="soft">{t('questions.lead')}</p>
      <div className={css.sub}>
        <RowList
          part={inside(part, 'questions')}
          one={(number) => t('questions.one', { number })}
          says={(question) => question.text.vi}
          make={emptyQuestion}
          add={t('questions.add')}
          remove={t('questions.remove')}
        >
          {(question) => <QuestionFields part={question} form={part.value} />}
        </RowList>
      </div>
    </Card>
  );
}

/** Groups of criteria, as the index of satisfaction has them. Most questionnaires have none. */
export function FactorsSection({ part }: Props) {
  const { t } = useTranslation('survey');
  return (
    <Card id="factors" title={t('factors.title')}>
      <p className="soft">{t('factors.lead')}</p>
      <div className={css.sub}>
        <RowList
          part={inside(part, 'factors')}
          one={(number) => t('factors.one', { number })}
          says={(factor) => factor.text.vi}
          make={emptyNamed}
          add={t('factors.add')}
          remove={t('factors.remove')}
        >
          {(factor) => (
            <div className={css.fields}>
              <BothFields part={inside(factor, 'text')} required label={t('field.text')} />
            </div>
          )}
        </RowList>
      </div>
    </Card>
  );
}
