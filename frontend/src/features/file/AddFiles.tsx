import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, asProblem } from '@/shared/api/problem';
import type { DossierFiles } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import css from './file.module.css';
import { sendFile, type Paper } from './send';
import { formatSize } from './size';

/** A file on its way. */
interface Underway {
  name: string;
  part: number;
  waiting: boolean;
}

/** Where files of a paper are chosen, photographed or dropped; they go one after the other. */
export function AddFiles({ paper, name, files }: { paper: Paper; name: string; files: DossierFiles }) {
  const { t, i18n } = useTranslation('file');
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [underway, setUnderway] = useState<Underway | null>(null);
  const [over, setOver] = useState(false);
  const [done, setDone] = useState(0);
  const [failed, setFailed] = useState<{ rest: File[]; problem: ApiProblem } | null>(null);

  const send = async (all: File[]) => {
    setFailed(null);
    setDone(0);
    for (const [n, file] of all.entries()) {
      const at = (change: Partial<Underway>) => setUnderway((u) => u && { ...u, ...change });
      setUnderway({ name: file.name, part: 0, waiting: false });
      try {
        const fault = unfit(file, files);
        if (fault) {
          throw new ApiProblem({
            status: 422,
            code: fault,
            detail: t(`fault.${fault}`, { size: formatSize(files.limit_bytes, i18n.language) }),
          });
        }
        await sendFile(paper, file, {
          onSent: (part) => at({ part, waiting: false }),
          onPause: (waiting) => at({ waiting }),
        });
        setDone(n + 1);
        await queries.invalidateQueries({ queryKey: ['dossier', paper.dossier] });
      } catch (error) {
        setFailed({ rest: all.slice(n), problem: asProblem(error) });
        break;
      }
    }
    setUnderway(null);
  };
  const take = (list: FileList | null | undefined) => {
    const chosen = Array.from(list ?? []);
    if (chosen.length > 0 && !underway) void send(chosen);
  };
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    take(e.dataTransfer.files);
  };
  const input = (ref: typeof picker, accept: string, capture?: 'environment') => (
    <input
      ref={ref}
      type="file"
      hidden
      multiple={!capture}
      accept={accept}
      capture={capture}
      onChange={(e) => {
        take(e.currentTarget.files);
        // The same file may be chosen again.
        e.currentTarget.value = '';
      }}
    />
  );
  return (
    // Dropping is a convenience: the button beside it does the same by key.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={`${css.add} ${over ? css.over : ''}`}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {input(picker, files.media_types.join(','))}
      {input(camera, 'image/*', 'environment')}
      <div className={css.buttons}>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          aria-label={t('addOf', { name })}
          aria-disabled={underway !== null || undefined}
          onClick={() => !underway && picker.current?.click()}
        >
          {t('add')}
        </Button>
        <Button
          className={css.camera}
          size="compact-md"
          variant="default"
          leftSection={<Icon name="eye" size={16} />}
          aria-label={t('photoOf', { name })}
          aria-disabled={underway !== null || undefined}
          onClick={() => !underway && camera.current?.click()}
        >
          {t('photo')}
        </Button>
        <span className={`small soft ${css.drop}`}>
          {t('hint', { size: formatSize(files.limit_bytes, i18n.language) })}
        </span>
      </div>
      {underway && <Bar underway={underway} />}
      <div role="status">
        {!underway && done > 0 && !failed && <p className="small">{t('done', { count: done })}</p>}
      </div>
      {failed && (
        <>
          <p className="small">
            <strong>{failed.rest[0]?.name}</strong>
          </p>
          <ProblemNotice
            error={failed.problem}
            onRetry={failed.problem.unanswered ? () => void send(failed.rest) : undefined}
          />
          {failed.rest.length > 1 && (
            <Notice tone="soon" title={t('notSent', { count: failed.rest.length - 1 })} />
          )}
        </>
      )}
    </div>
  );
}

function Bar({ underway }: { underway: Underway }) {
  const { t } = useTranslation('file');
  const percent = Math.round(underway.part * 100);
  const text = underway.waiting ? t('waiting') : percent < 100 ? t('sending', { percent }) : t('checking');
  return (
    <div className={css.underway}>
      <span className="small">{underway.name}</span>
      <progress
        max={100}
        // While it is looked at nobody knows how long it takes.
        value={percent < 100 ? percent : undefined}
        aria-label={t('progressOf', { name: underway.name })}
      />
      <span className="small soft" role="status">
        {text}
      </span>
    </div>
  );
}

/** What the server would refuse after all of it was sent. */
export function unfit(
  file: { type: string; size: number },
  { media_types, limit_bytes }: Pick<DossierFiles, 'media_types' | 'limit_bytes'>,
): 'file_type_not_taken' | 'payload_too_large' | 'file_empty' | null {
  if (!media_types.includes(file.type)) return 'file_type_not_taken';
  if (file.size > limit_bytes) return 'payload_too_large';
  return file.size === 0 ? 'file_empty' : null;
}
