import { Radio } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DrawForm as SampleDraw } from '@/features/sampling/DrawForm';
import type { Inspection } from '@/shared/api/types';
import { useTypedForm } from '@/shared/ui/useTypedForm';
import { useDraw } from './api';
import { emptySample, sampleBody } from './forms';
import css from './inspection.module.css';

/** Draws a sample of what was received or finished in the period that is looked at. */
export function DrawForm({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('inspection');
  const navigate = useNavigate();
  const draw = useDraw(inspection.id);
  const { form, set, tried, ready, handle, problem, errors } = useTypedForm(emptySample, draw);
  const body = sampleBody(form);
  const send = () => {
    if (!ready(body !== undefined) || !body) return;
    draw.mutate(body, {
      onSuccess: (sample) =>
        void navigate({
          to: '/inspections/$id/samples/$sample',
          params: { id: inspection.id, sample: sample.id },
          search: {},
        }),
    });
  };
  return (
    <SampleDraw
      title={t('samples.draw')}
      how={t('samples.how')}
      send={t('samples.send')}
      label={{ margin: t('samples.margin'), size: t('samples.sizeOwn'), seed: t('samples.seed') }}
      hint={{ margin: t('samples.marginHint'), size: t('samples.sizeHint'), seed: t('samples.seedHint') }}
      drawing={form}
      marginNeeded={form.size === ''}
      marginWrong={tried && !body ? t('samples.marginWrong') : undefined}
      mostDigits={5}
      handle={handle}
      problem={problem}
      errors={errors}
      draw={draw}
      onChange={set}
      onSend={send}
      above={
        <fieldset className={css.group}>
          <legend>{t('samples.from')}</legend>
          <div className={css.choices}>
            {(['finished', 'received'] as const).map((from) => (
              <Radio
                key={from}
                name="from"
                label={t(`samples.${from}`)}
                checked={form.from === from}
                onChange={() => set({ from })}
              />
            ))}
          </div>
        </fieldset>
      }
    />
  );
}
