import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unwrap } from '@/shared/api/client';
import type { DossierFile } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { FileButton } from '@/shared/ui/FileButton';
import { formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Chip, Disclosure, ProblemNotice } from '@/shared/ui/Notice';
import { fileContent } from './api';
import css from './file.module.css';
import { SignaturesButton } from './SignaturesButton';
import { formatSize } from './size';
import { WithdrawDialog } from './WithdrawDialog';

interface Rights {
  dossier: string;
  /** May look at them; each look is recorded. */
  sees: boolean;
  mayChange: boolean;
}

/** The files of a paper; withdrawn ones are folded away. */
export function FileList({ files, ...rights }: Rights & { files: DossierFile[] }) {
  const { t } = useTranslation('file');
  const good = files.filter((f) => !f.withdrawn);
  const gone = files.filter((f) => f.withdrawn);
  return (
    <>
      {good.length > 0 && <Lines files={good} {...rights} />}
      {gone.length > 0 && (
        <Disclosure summary={t('withdrawn', { count: gone.length })}>
          <Lines files={gone} {...rights} mayChange={false} />
        </Disclosure>
      )}
    </>
  );
}

function Lines({ files, ...rights }: Rights & { files: DossierFile[] }) {
  return (
    <ul className={`${css.files} plain`}>
      {files.map((file) => (
        <Line key={file.id} file={file} {...rights} />
      ))}
    </ul>
  );
}

function Line({ file, dossier, sees, mayChange }: Rights & { file: DossierFile }) {
  const { t, i18n } = useTranslation('file');
  const [withdrawing, setWithdrawing] = useState(false);
  const picture = file.media_type.startsWith('image/');
  const name = file.name || t('disposed');
  return (
    <li>
      <div className={css.about}>
        <p className={css.name}>{name}</p>
        <p className="small soft">
          {formatSize(file.size_bytes, i18n.language)}
          {' · '}
          {t('addedBy', { name: file.added_by.full_name, at: formatDateTime(file.added_at) })}
        </p>
        {file.withdrawn && (
          <p className="small">
            {t('withdrawnBy', {
              name: file.withdrawn.by.full_name,
              at: formatDateTime(file.withdrawn.at),
              reason: file.withdrawn.reason,
            })}
          </p>
        )}
        {file.scan === 'unchecked' && (
          <Chip tone="soon" icon="late">
            {t('unchecked')}
          </Chip>
        )}
      </div>
      <div className={css.buttons}>
        {sees && !file.disposed && picture && <PictureButton dossier={dossier} file={file} />}
        {sees && !file.disposed && !picture && (
          <FileButton
            icon="eye"
            label={t('lookOf', { name })}
            otherwise={file.name}
            ask={() => fileContent(dossier, file.id)}
          >
            {t('look')}
          </FileButton>
        )}
        {sees && !file.disposed && !picture && <SignaturesButton dossier={dossier} file={file} />}
        {mayChange && (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<Icon name="cross" size={16} />}
            aria-label={t('withdrawOf', { name })}
            onClick={() => setWithdrawing(true)}
          >
            {t('withdraw')}
          </Button>
        )}
      </div>
      {withdrawing && <WithdrawDialog dossier={dossier} file={file} onClose={() => setWithdrawing(false)} />}
    </li>
  );
}

/** Reads a file into an address that holds it whole: the page's policy lets pictures come from nowhere else. */
const inline = (file: Blob): Promise<string> =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = () => failed(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });

/** Shows a picture beside the dossier. */
function PictureButton({ dossier, file }: { dossier: string; file: DossierFile }) {
  const { t } = useTranslation('file');
  const opener = useRef<HTMLButtonElement>(null);
  const shown = useMutation({
    mutationFn: async () => inline(await unwrap(fileContent(dossier, file.id))),
  });
  const { reset } = shown;
  // Nothing of it stays in memory once the page is left.
  useEffect(() => reset, [reset]);
  return (
    <>
      <Button
        ref={opener}
        size="compact-md"
        variant="default"
        leftSection={<Icon name="eye" size={16} />}
        aria-label={t('lookOf', { name: file.name })}
        loading={shown.isPending}
        onClick={() => shown.mutate()}
      >
        {t('look')}
      </Button>
      {shown.isError && <ProblemNotice error={shown.error} />}
      {shown.isSuccess && (
        <Dialog wide title={file.name} opener={opener} onClose={reset}>
          {/* Wider than the screen it must be scrolled by key. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={css.picture} role="group" aria-label={file.name} tabIndex={0}>
            <img src={shown.data} alt={t('pictureOf', { name: file.name })} />
          </div>
        </Dialog>
      )}
    </>
  );
}
