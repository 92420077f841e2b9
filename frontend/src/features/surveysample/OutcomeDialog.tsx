import { Button, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { personalDataQuery } from '@/features/dossier/api';
import { asProblem } from '@/shared/api/problem';
import type { SurveyOutcome, SurveySample, SurveySampleUnit } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { Icon } from '@/shared/ui/Icon';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Facts } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { answersOf, missingOf, type Entries } from './answers';
import { questionnaireOfSampleQuery, useOutcome } from './api';
import { QuestionFields } from './QuestionFields';
import css from './sample.module.css';
import { outcomes, type UnitState } from './words';

const answered = (outcome: SurveyOutcome | undefined) => outcome === 'telephone' || outcome === 'paper';

/** What came of asking one of a sample, with what they answered. */
export function OutcomeDialog(props: {
  sample: SurveySample;
  unit: SurveySampleUnit;
  onClose: () => void;
  onDone: (state: UnitState) => void;
}) {
  const { t } = useTranslation('surveysample');
  const { sample, unit } = props;
  const [outcome, setOutcome] = useState<SurveyOutcome>();
  const [entries, setEntries] = useState<Entries>({});
  const [tried, setTried] = useState(false);
  const form = useRef<KeyFormHandle>(null);
  const asked = useQuery(questionnaireOfSampleQuery(sample.questionnaire_id));
  const close = useOutcome(sample.id);
  const problem = close.isError ? asProblem(close.error) : null;
  const questionnaire = asked.data?.questionnaire;
  const asks = answered(outcome);
  const missing = tried && asks && questionnaire ? missingOf(questionnaire, entries) : [];
  const send = () => {
    setTried(true);
    if (!outcome || (asks && (!questionnaire || missingOf(questionnaire, entries).length > 0))) {
      form.current?.focusFault();
      return;
    }
    close.mutate(
      {
        place: unit.place,
        body: { outcome, answers: asks && questionnaire ? answersOf(questionnaire, entries) : [] },
      },
      {
        onSuccess: () => props.onDone(outcome === 'telephone' || outcome === 'paper' ? 'answered' : outcome),
      },
    );
  };
  return (
    <Dialog wide title={t('outcome.title', { place: unit.place })} onClose={props.onClose}>
      <KeyForm
        ref={form}
        label={t('outcome.title', { place: unit.place })}
        className={css.stack}
        refusal={close.error}
        onSend={send}
      >
        <p>
          <span className="code">{unit.dossier_code}</span> – <span lang="vi">{unit.procedure_name}</span>
        </p>
        <Contact unit={unit} />
        <fieldset className={css.question}>
          <legend>{t('outcome.what')}</legend>
          <div className={css.choices}>
            {outcomes.map((value) => (
              <Radio
                key={value}
                name="outcome"
                value={value}
                label={t(`outcome.${value}`)}
                checked={outcome === value}
                aria-invalid={tried && !outcome ? true : undefined}
                onChange={() => setOutcome(value)}
              />
            ))}
          </div>
          {tried && !outcome && <p className={css.wrong}>{t('outcome.choose')}</p>}
        </fieldset>
        {asks && asked.isPending && <Loading />}
        {asks && asked.isError && <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />}
        {asks && questionnaire && (
          <QuestionFields
            questionnaire={questionnaire}
            entries={entries}
            missing={missing}
            onEntries={setEntries}
          />
        )}
        {missing.length > 0 && (
          <p className={css.wrong} role="alert">
            {t('outcome.missing', { count: missing.length })}
          </p>
        )}
        {problem && <ProblemNotice error={problem} />}
        {asks && <p className="small soft">{t('outcome.cut')}</p>}
        <div className={css.buttons}>
          <Button type="submit" loading={close.isPending}>
            {t('outcome.send')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('outcome.cancel')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}

/** Whom to call: whole only for who asks for it, and that is recorded. */
function Contact({ unit }: { unit: SurveySampleUnit }) {
  const { t } = useTranslation(['surveysample', 'dossier']);
  const [whole, setWhole] = useState(false);
  const personal = useQuery({ ...personalDataQuery(unit.dossier_id), enabled: whole });
  const people = personal.data ? [personal.data.owner, personal.data.filer].filter((p) => p != null) : [];
  return (
    <div className={css.contact} aria-live="polite">
      {!whole && (
        <>
          <span lang="vi">{unit.owner_name}</span>
          <button type="button" className={ui.linkButton} onClick={() => setWhole(true)}>
            <Icon name="eye" size={16} />
            {t('outcome.contact')}
          </button>
        </>
      )}
      <p className="small soft">{t('dossier:party.audited')}</p>
      {whole && personal.isPending && <Loading rows={2} />}
      {personal.isError && <ProblemNotice error={personal.error} />}
      {people.map((person, i) => (
        <Facts
          key={i === 0 ? 'owner' : 'filer'}
          items={[
            [i === 0 ? t('dossier:party.owner') : t('dossier:party.filer'), person.full_name],
            [t('dossier:party.phone'), person.phone],
            [t('dossier:party.email'), person.email],
            [t('dossier:party.address'), person.address],
          ]}
        />
      ))}
    </div>
  );
}
