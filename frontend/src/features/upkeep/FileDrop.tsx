import { Button, FileButton } from '@mantine/core';
import { useId, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { Notice } from '@/shared/ui/Notice';
import { readFile, type ChosenFile, type Unusable } from './file';
import css from './upkeep.module.css';

/** Takes a file, by the button or dropped; what cannot be read at all is told here and goes no further. */
export function FileDrop(props: {
  /** Which file is asked for. */
  label: string;
  chosen?: string;
  busy: boolean;
  /** `null`: what was chosen cannot be read, and what was chosen before it no longer counts. */
  onFile: (file: ChosenFile | null) => void;
}) {
  const { t } = useTranslation('upkeep');
  const labelId = useId();
  const [over, setOver] = useState(false);
  const [unusable, setUnusable] = useState<Unusable | null>(null);
  const reset = useRef<() => void>(null);

  const take = async (file: File | null | undefined) => {
    // The same file may be chosen again after it was corrected.
    reset.current?.();
    if (!file) return;
    const read = await readFile(file);
    const bad = typeof read === 'string';
    setUnusable(bad ? read : null);
    props.onFile(bad ? null : read);
  };
  const hovers = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };

  return (
    <>
      {/* Dropping is a shortcut for who has a mouse; the button does the same. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className={css.drop}
        role="group"
        aria-labelledby={labelId}
        data-over={over || undefined}
        onDragEnter={hovers}
        onDragOver={hovers}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <p id={labelId} className={css.dropLabel}>
          {props.label}
        </p>
        <p className={css.dropLine}>
          <FileButton
            resetRef={reset}
            accept=".csv,.json,text/csv,application/json"
            onChange={(file) => void take(file)}
          >
            {(button) => (
              <Button
                {...button}
                variant="default"
                loading={props.busy}
                leftSection={<Icon name="folder" size={16} />}
              >
                {t('drop.choose')}
              </Button>
            )}
          </FileButton>
          <span className="soft">{t('drop.or')}</span>
        </p>
        {props.chosen && <p className={css.chosen}>{t('drop.chosen', { name: props.chosen })}</p>}
      </div>
      {unusable && <Notice tone="late" live title={t(`drop.unusable.${unusable}`)} />}
    </>
  );
}
