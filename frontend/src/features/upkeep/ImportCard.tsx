import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import type { ImportOutcome } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import { useImport, useTryImport } from './api';
import { ChangesTable } from './ChangesTable';
import { FaultTable } from './FaultTable';
import type { ChosenFile } from './file';
import { FileDrop } from './FileDrop';
import { TakesFocus } from './TakesFocus';
import css from './upkeep.module.css';

const countOf = (outcome: ImportOutcome, effect: ImportOutcome['items'][number]['effect']) =>
  outcome.items.filter((item) => item.effect === effect).length;

/** Brings a catalogue in: first tried, then shown, then done. */
export function ImportCard() {
  const { t } = useTranslation('upkeep');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const trial = useTryImport();
  const bring = useImport();
  const choose = (chosen: ChosenFile | null) => {
    setFile(chosen);
    bring.reset();
    if (chosen) trial.mutate(chosen);
    else trial.reset();
  };
  // A file that was good when it was tried may be faulty by now: another catalogue stands there.
  const error = bring.error ?? trial.error;
  const faults = error && asProblem(error).code === 'catalogue_faulty' ? asProblem(error).errors : [];
  const tried = bring.isSuccess || faults.length > 0 ? undefined : trial.data;
  return (
    <Card id="import" title={t('file.import.title')}>
      <div className={css.inside}>
        <p className={css.text}>{t('file.import.text')}</p>
        <FileDrop
          label={t('file.import.choose')}
          chosen={file?.name}
          busy={trial.isPending}
          onFile={choose}
        />
        {trial.isPending && <Loading />}
        {file && faults.length > 0 && <FaultTable file={file} errors={faults} of="import" />}
        {error && faults.length === 0 && (
          <ProblemNotice error={error} onRetry={file && !bring.isError ? () => choose(file) : undefined} />
        )}
        {bring.isSuccess && (
          <TakesFocus>
            <Notice tone="good" live title={t('file.import.done')}>
              <p>
                {t('file.import.doneText', {
                  fresh: countOf(bring.data, 'new'),
                  changed: countOf(bring.data, 'changed'),
                  unchanged: bring.data.unchanged,
                })}
              </p>
            </Notice>
          </TakesFocus>
        )}
        {file && tried && (
          <div className={css.found}>
            <Notice live title={t(tried.items.length > 0 ? 'file.import.tried' : 'file.import.nothing')}>
              <Facts
                items={[
                  [t('file.import.total'), String(tried.total)],
                  [t('file.import.fresh'), String(countOf(tried, 'new'))],
                  [t('file.import.changed'), String(countOf(tried, 'changed'))],
                  [t('file.import.unchanged'), String(tried.unchanged)],
                ]}
              />
            </Notice>
            {tried.items.length > 0 && (
              <>
                <ChangesTable items={tried.items} />
                <Button
                  className={css.send}
                  loading={bring.isPending}
                  leftSection={<Icon name="check" size={16} />}
                  onClick={() => bring.mutate(file)}
                >
                  {t('file.import.send')}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
    </Card>
  );
}
