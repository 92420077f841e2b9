import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { usePolling } from '@/shared/api/live';
import type { DossierFiles } from '@/shared/api/types';
import { Chip, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { AddFiles } from './AddFiles';
import { filesQuery } from './api';
import css from './file.module.css';
import { FileList } from './FileList';

/** The papers of a dossier as files: each with its state, its files, and where more are added. No papers: no card. */
export function FilesCard({ id }: { id: string }) {
  const { t } = useTranslation('file');
  const refetchInterval = usePolling();
  const files = useQuery({ ...filesQuery(id), refetchInterval });
  if (files.data?.components.length === 0) return null;
  return (
    <Card id="files" title={t('title')}>
      {files.isPending && <Loading rows={3} />}
      {files.isError && <ProblemNotice error={files.error} onRetry={() => void files.refetch()} />}
      {files.data && <Papers id={id} files={files.data} />}
    </Card>
  );
}

function Papers({ id, files }: { id: string; files: DossierFiles }) {
  const { t } = useTranslation('file');
  const sees = useQuery(meQuery()).data?.permissions.includes('dossiers.personal_data') ?? false;
  return (
    <>
      <ul className={`${css.papers} plain`}>
        {files.components.map((c) => (
          <li key={c.component_id} className={css.paper}>
            <div className={css.head}>
              <h3 id={`files-${c.component_id}`}>{c.name}</h3>
              <Chip
                tone={c.digitisation > 0 ? 'good' : 'plain'}
                icon={c.digitisation > 0 ? 'check' : undefined}
              >
                {t(`state.${stateOf(c.digitisation)}`)}
              </Chip>
            </div>
            <FileList
              dossier={id}
              sees={sees}
              mayChange={files.may_add}
              files={files.items.filter((f) => f.component_id === c.component_id)}
            />
            {files.may_add && (
              <AddFiles paper={{ dossier: id, component: c.component_id }} name={c.name} files={files} />
            )}
          </li>
        ))}
      </ul>
      {sees && files.items.length > 0 && <p className="small soft">{t('recorded')}</p>}
    </>
  );
}

const states = ['none', 'scanned', 'reused', 'reusedResult'] as const;
const stateOf = (digitisation: number) => states[digitisation] ?? 'none';
