import { NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { helpBelow } from '@/shared/ui/helpBelow';
import { CENTRE, type UnitForm, type YesNo } from './forms';
import css from './indices.module.css';

type NumberName =
  | 'received_part'
  | 'received_whole'
  | 'decided_part'
  | 'decided_whole'
  | 'feedback_part'
  | 'feedback_whole'
  | 'bodies_points'
  | 'bodies_counted';

const steps = [0, 1, 2, 3, 4] as const;

/** What the program has to be told of one unit; what is left empty is left out of its index. */
export function UnitFields(props: {
  unit: string;
  form: UnitForm;
  faults: Record<string, string>;
  onChange: (form: UnitForm) => void;
}) {
  const { t } = useTranslation('indices');
  const { unit, form, faults } = props;
  const change = (part: Partial<UnitForm>) => props.onChange({ ...form, ...part });
  const number = (name: NumberName, label: string, error?: string) => (
    <TextInput
      name={`${unit}-${name}`}
      label={label}
      inputMode="numeric"
      maxLength={9}
      value={form[name]}
      error={error}
      onChange={(e) => change({ [name]: e.currentTarget.value.replace(/\D/g, '') })}
    />
  );
  const choice = (
    name: 'posted' | 'published' | 'prolonged' | 'looked',
    words: [YesNo, string][],
    error?: string,
  ) => (
    <NativeSelect
      name={`${unit}-${name}`}
      label={t(name === 'looked' ? 'form.looked' : `form.${name}`)}
      value={form[name]}
      error={error}
      data={words.map(([value, label]) => ({ value, label }))}
      onChange={(e) => {
        const chosen = words.find(([value]) => value === e.currentTarget.value);
        if (chosen) change({ [name]: chosen[0] });
      }}
    />
  );
  const yesNo: [YesNo, string][] = [
    ['', t('form.unknown')],
    ['yes', t('form.yes')],
    ['no', t('form.no')],
  ];
  return (
    <div className={css.fields}>
      <fieldset className={css.pair}>
        <legend>{t('form.received')}</legend>
        {number('received_part', t('form.part'), faults['received_at_centre/part'])}
        {number('received_whole', t('form.whole'))}
      </fieldset>
      <fieldset className={css.pair}>
        <legend>{t('form.decided')}</legend>
        {number('decided_part', t('form.part'), faults['decided_at_centre/part'])}
        {number('decided_whole', t('form.whole'))}
      </fieldset>
      {choice('posted', yesNo)}
      {choice('published', yesNo, faults.published)}
      <fieldset className={css.pair}>
        <legend>{t('form.feedback')}</legend>
        {number('feedback_part', t('form.part'), faults['feedback_on_time/part'])}
        {number('feedback_whole', t('form.whole'))}
      </fieldset>
      {choice('prolonged', yesNo, faults.feedback_prolonged)}
      {unit !== CENTRE && (
        <>
          {choice('looked', [
            ['', t('form.notLooked')],
            ['yes', t('form.hasLooked')],
          ])}
          {form.looked === 'yes' && (
            <Textarea
              name={`${unit}-upheld`}
              label={t('form.upheld')}
              description={t('form.upheldHint')}
              inputWrapperOrder={helpBelow}
              autosize
              minRows={1}
              maxRows={6}
              value={form.upheld}
              error={Object.entries(faults).find(([at]) => at.startsWith('upheld_dossiers'))?.[1]}
              onChange={(e) => change({ upheld: e.currentTarget.value })}
            />
          )}
        </>
      )}
      <fieldset className={css.pair}>
        <legend>{t('form.bodies')}</legend>
        {number('bodies_points', t('form.points'), faults['bodies/points'])}
        {number('bodies_counted', t('form.counted'), faults['bodies/counted'])}
      </fieldset>
      <fieldset className={`${css.five} ${css.whole}`}>
        <legend>{t('form.answers')}</legend>
        {steps.map((i) => (
          <TextInput
            key={i}
            name={`${unit}-answers-${i}`}
            label={t(`form.steps.${i}`)}
            inputMode="numeric"
            maxLength={9}
            value={form.answers[i] ?? ''}
            error={i === 0 && faults.answers}
            onChange={(e) => {
              const typed = e.currentTarget.value.replace(/\D/g, '');
              change({ answers: form.answers.map((a, at) => (at === i ? typed : a)) });
            }}
          />
        ))}
      </fieldset>
      <TextInput
        className={css.whole}
        name={`${unit}-reason`}
        label={t('form.reason')}
        description={t('form.reasonHint')}
        inputWrapperOrder={helpBelow}
        maxLength={300}
        value={form.reason}
        error={faults.reason}
        onChange={(e) => change({ reason: e.currentTarget.value })}
      />
    </div>
  );
}
