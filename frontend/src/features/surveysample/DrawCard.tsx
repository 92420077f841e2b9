import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { emptyDrawing } from '@/features/sampling/drawing';
import { DrawForm } from '@/features/sampling/DrawForm';
import { marginOf } from '@/features/sampling/margin';
import { allQuestionnairesQuery } from '@/features/surveyresult/api';
import { useFigures } from '@/features/surveyresult/useFigures';
import type { SurveySample } from '@/shared/api/types';
import { DateInput } from '@/shared/ui/DateInput';
import ui from '@/shared/ui/ui.module.css';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { useDraw } from './api';

/** SIPAS is what samples are drawn for. */
const FIRST_CHOICE = 'sipas';

const blank = { ...emptyDrawing, code: '', first_day: '', last_day: '' };

/** Draws a sample of what was finished in a period. */
export function DrawCard({ onDrawn }: { onDrawn: (sample: SurveySample) => void }) {
  const { t } = useTranslation('surveysample');
  const { said } = useFigures();
  const questionnaires = useQuery(allQuestionnairesQuery()).data?.items ?? [];
  const published = questionnaires.filter((q) => q.state === 'published');
  const draw = useDraw();
  const { form, set, tried, ready, handle, problem, errors } = useTypedForm(blank, draw);
  const { first_day, last_day, size } = form;
  const chosen = form.code || (published.find((q) => q.code === FIRST_CHOICE) ?? published[0])?.code || '';
  const points = marginOf(form.margin);
  const send = () => {
    const whole = first_day !== '' && last_day !== '' && points !== undefined && chosen !== '';
    if (!ready(whole) || points === undefined) return;
    draw.mutate(
      {
        questionnaire_code: chosen,
        first_day,
        last_day,
        margin_basis_points: points,
        sample_size: size === '' ? undefined : Number(size),
        seed: form.seed.trim() || undefined,
      },
      { onSuccess: onDrawn },
    );
  };
  const day = (name: 'first_day' | 'last_day') => (
    <DateInput
      required
      name={name}
      label={t(`draw.${name}`)}
      value={form[name]}
      error={errors[name] ?? (tried && !form[name] ? t('draw.dayMissing') : undefined)}
      onChange={(iso) => set({ [name]: iso })}
    />
  );
  return (
    <DrawForm
      title={t('draw.title')}
      how={t('draw.how')}
      send={t('draw.send')}
      label={{ margin: t('draw.margin'), size: t('draw.size'), seed: t('draw.seed') }}
      hint={{ margin: t('draw.marginHint'), size: t('draw.sizeHint'), seed: t('draw.seedHint') }}
      drawing={form}
      marginNeeded
      marginWrong={points === undefined ? t('draw.marginWrong') : undefined}
      mostDigits={9}
      handle={handle}
      problem={problem}
      errors={errors}
      shown={['questionnaire_code', 'first_day', 'last_day']}
      draw={draw}
      onChange={set}
      onSend={send}
    >
      <NativeSelect
        name="questionnaire_code"
        className={ui.whole}
        label={t('draw.questionnaire')}
        value={chosen}
        error={errors.questionnaire_code}
        data={published.map((q) => ({ value: q.code, label: said(q.questionnaire.title) }))}
        onChange={(e) => set({ code: e.currentTarget.value })}
      />
      {day('first_day')}
      {day('last_day')}
    </DrawForm>
  );
}
