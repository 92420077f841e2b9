import { Button, Radio, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { InspectionUnit, NewInspectionCheck } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useCheck } from './api';
import css from './inspection.module.css';
import { outcomes } from './words';

/** What came of checking a dossier; said once. */
export function CheckDialog(props: {
  inspection: string;
  sample: string;
  unit: InspectionUnit;
  onClose: () => void;
  onDone: (outcome: NewInspectionCheck['outcome']) => void;
}) {
  const { t } = useTranslation(['inspection', 'common']);
  const { unit } = props;
  const [outcome, setOutcome] = useState<NewInspectionCheck['outcome']>();
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const form = useRef<KeyFormHandle>(null);
  const check = useCheck(props.inspection, props.sample, unit.place);
  const problem = check.isError ? asProblem(check.error) : null;
  const errors = errorsByField(problem);
  const unsaid = outcome === 'finding' && note.trim() === '';
  const send = () => {
    setTried(true);
    if (!outcome || unsaid) {
      form.current?.focusFault();
      return;
    }
    check.mutate({ outcome, note: note.trim() || undefined }, { onSuccess: () => props.onDone(outcome) });
  };
  const title = t('check.title', { place: unit.place });
  return (
    <Dialog title={title} onClose={props.onClose}>
      <KeyForm ref={form} label={title} className={css.stack} refusal={check.error} onSend={send}>
        <p>
          <span className="code">{unit.dossier_code}</span> – <span lang="vi">{unit.procedure_name}</span>
        </p>
        <fieldset className={css.group}>
          <legend>{t('check.what')}</legend>
          <div className={css.choices}>
            {outcomes.map((value, i) => (
              <Radio
                key={value}
                name="outcome"
                value={value}
                label={t(`outcomes.${value}`)}
                checked={outcome === value}
                data-autofocus={i === 0 || undefined}
                aria-invalid={tried && !outcome ? true : undefined}
                onChange={() => setOutcome(value)}
              />
            ))}
          </div>
          {tried && !outcome && (
            <p className={css.wrong} role="alert">
              {t('check.choose')}
            </p>
          )}
        </fieldset>
        <Textarea
          required={outcome === 'finding'}
          name="note"
          label={t(outcome === 'finding' ? 'check.noteFinding' : 'check.note')}
          description={t('check.noteHint')}
          inputWrapperOrder={helpBelow}
          autosize
          minRows={2}
          maxLength={10_000}
          value={note}
          error={errors.note ?? (tried && unsaid ? t('check.missing') : undefined)}
          onChange={(e) => setNote(e.currentTarget.value)}
        />
        {problem && <ProblemNotice error={problem} shown={['note']} />}
        <div className={css.tools}>
          <Button type="submit" loading={check.isPending}>
            {t('check.send')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
