import { Button, FileButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFile, type ChosenFile } from '@/features/upkeep/file';
import { asProblem } from '@/shared/api/problem';
import { Icon } from '@/shared/ui/Icon';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './account.module.css';
import { useImportUsers } from './api';

/** People from a sheet: first tried, then shown, then brought in and given first passwords. */
export function ImportUsersCard({ onGive }: { onGive: (ids: string[]) => void }) {
  const { t } = useTranslation('account');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const trial = useImportUsers();
  const bring = useImportUsers();
  const reset = useRef<() => void>(null);

  const take = async (chosen: File | null) => {
    // The same file may be chosen again after it was corrected.
    reset.current?.();
    if (!chosen) return;
    const read = await readFile(chosen);
    bring.reset();
    trial.reset();
    const usable = typeof read !== 'string' && read.format === 'csv';
    setUnreadable(!usable);
    setFile(usable ? read : null);
    if (usable) trial.mutate({ content: read.content, dry_run: true });
  };
  const error = bring.error ?? trial.error;
  const faults = error && asProblem(error).code === 'validation_failed' ? asProblem(error).errors : [];
  const tried = bring.isSuccess || error ? undefined : trial.data;
  const fresh = bring.data?.items.filter((p) => p.new && p.id).map((p) => p.id ?? '') ?? [];
  return (
    <Card id="import-users" title={t('import.title')}>
      <div className={css.stack}>
        <p className="soft">{t('import.lead')}</p>
        <p className={css.columns}>username; full_name; title; role; authority</p>
        <div>
          <FileButton resetRef={reset} accept=".csv,text/csv" onChange={(f) => void take(f)}>
            {(button) => (
              <Button
                {...button}
                variant="default"
                loading={trial.isPending}
                leftSection={<Icon name="folder" size={16} />}
              >
                {t('import.choose')}
              </Button>
            )}
          </FileButton>
          {file && <span className="soft"> {file.name}</span>}
        </div>
        {unreadable && <Notice tone="late" live title={t('import.unreadable')} />}
        {trial.isPending && <Loading rows={2} />}
        {error && faults.length === 0 && <ProblemNotice error={error} />}
        {faults.length > 0 && (
          <Notice tone="late" live title={t('import.faulty', { count: faults.length })}>
            <ul>
              {faults.map((f) => (
                <li key={`${f.pointer} ${f.code}`}>
                  {lineOf(f.pointer) ? t('import.line', { n: lineOf(f.pointer) }) : ''} {f.detail}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {tried && (
          <>
            <Notice
              live
              title={t('import.tried', { fresh: tried.new, known: tried.items.length - tried.new })}
            />
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key */}
            <div className={ui.tableWrap} role="group" aria-labelledby="import-users-title" tabIndex={0}>
              <table className={ui.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('users.name')}</th>
                    <th scope="col">{t('username')}</th>
                    <th scope="col">{t('import.effect')}</th>
                  </tr>
                </thead>
                <tbody>
                  {tried.items.map((p) => (
                    <tr key={p.username}>
                      <td>{p.full_name}</td>
                      <td>{p.username}</td>
                      <td>{p.new ? t('import.isNew') : t('import.isThere')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {tried.new > 0 && file && (
              <div>
                <Button
                  loading={bring.isPending}
                  leftSection={<Icon name="check" size={16} />}
                  onClick={() => bring.mutate({ content: file.content, dry_run: false })}
                >
                  {t('import.send', { count: tried.new })}
                </Button>
              </div>
            )}
          </>
        )}
        {bring.isSuccess && (
          <Notice
            tone="good"
            live
            title={t('import.done', { count: bring.data.new })}
            foot={
              fresh.length > 0 && (
                <Button
                  onClick={() => {
                    onGive(fresh);
                    bring.reset();
                    trial.reset();
                    setFile(null);
                    window.scrollTo(0, 0);
                  }}
                >
                  {t('import.give', { count: fresh.length })}
                </Button>
              )
            }
          />
        )}
      </div>
    </Card>
  );
}

/** The row of a fault: `/3/role` is in row 3. */
const lineOf = (pointer: string) => /^#?\/(\d+)/.exec(pointer)?.[1];
