import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import { useFigures } from '@/features/surveyresult/useFigures';
import type { SurveySample, SurveySampleUnit } from '@/shared/api/types';
import { formatDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { questionnaireOfSampleQuery, sampleQuery, waitingUnitsQuery } from './api';
import css from './sample.module.css';
import { tallyOf } from './words';

/** Those who are still to be asked, as a sheet to be taken along. It names nobody whole. */
export function FieldListScreen({ id }: { id: string }) {
  const { t } = useTranslation('surveysample');
  const sample = useQuery(sampleQuery(id));
  const units = useQuery(waitingUnitsQuery(id));
  const [reserves, setReserves] = useState(false);
  const failed = [sample, units].find((q) => q.isError);
  const shown = units.data?.items.filter((u) => reserves || !u.reserve) ?? [];
  const waiting = sample.data ? tallyOf(sample.data, false).waiting + tallyOf(sample.data, true).waiting : 0;
  const cut = units.data !== undefined && units.data.items.length < waiting;
  return (
    <Page title={t('fieldList.title')} ownFocus>
      <div className={`${css.buttons} no-print`}>
        {/* The button is what one came for. */}
        <Button autoFocus leftSection={<Icon name="print" />} onClick={() => window.print()}>
          {t('fieldList.print')}
        </Button>
        <Checkbox
          label={t('fieldList.reserves')}
          checked={reserves}
          onChange={(e) => setReserves(e.currentTarget.checked)}
        />
        <Link to="/surveys/samples/$id" params={{ id }} search={{}}>
          {t('fieldList.back')}
        </Link>
      </div>
      {failed && <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && (sample.isPending || units.isPending) && <Loading rows={8} />}
      {cut && <Notice tone="soon" title={t('fieldList.cut', { count: units.data.items.length })} />}
      {sample.data && units.data && shown.length === 0 && <Empty icon="check" title={t('fieldList.none')} />}
      {sample.data && shown.length > 0 && <Sheet sample={sample.data} units={shown} />}
    </Page>
  );
}

function Sheet({ sample, units }: { sample: SurveySample; units: SurveySampleUnit[] }) {
  const { t } = useTranslation('surveysample');
  const { said } = useFigures();
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  const questionnaire = useQuery(questionnaireOfSampleQuery(sample.questionnaire_id)).data;
  return (
    <section className={css.sheet} aria-labelledby="sheet-head">
      <h2 id="sheet-head">
        {t('one', { from: formatDate(sample.first_day), to: formatDate(sample.last_day) })}
      </h2>
      {questionnaire && <p>{said(questionnaire.questionnaire.title)}</p>}
      <p className="small soft">{t('fieldList.lead')}</p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
      <div className={ui.tableWrap} role="group" aria-labelledby="sheet-head" tabIndex={0}>
        <table className={`${ui.table} ${css.sheetTable}`} aria-labelledby="sheet-head">
          <thead>
            <tr>
              {(['place', 'dossier', 'owner', 'ward', 'result', 'note'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.place}>
                <td>
                  {unit.place}
                  {unit.reserve && <div className="small">{t('list.reserve')}</div>}
                </td>
                <td>
                  <span className="code">{unit.dossier_code ?? t('noCode')}</span>
                  <div lang="vi">{unit.procedure_name}</div>
                </td>
                <td lang="vi">{unit.owner_name}</td>
                <td lang="vi">{wards.find((w) => w.id === unit.authority_id)?.name}</td>
                <td className={css.blank}>{t('fieldList.boxes')}</td>
                <td className={css.blank} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
