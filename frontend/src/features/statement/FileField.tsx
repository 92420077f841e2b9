import { Button, FileButton, Input } from '@mantine/core';
import { useId, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Icon } from '@/shared/ui/Icon';
import { readStatement, type ChosenStatement, type UnusableStatement } from './file';
import css from './statement.module.css';

/** Takes a statement, by the button or dropped; what no server would take is told here and goes no further. */
export function FileField(props: {
  chosen: ChosenStatement | null;
  error?: string;
  /** `null`: what was chosen cannot be sent, and what was chosen before it no longer counts. */
  onChoose: (file: ChosenStatement | null) => void;
}) {
  const { t } = useTranslation('statement');
  const id = useId();
  const reset = useRef<() => void>(null);
  const [over, setOver] = useState(false);
  const [unusable, setUnusable] = useState<UnusableStatement | null>(null);

  const take = async (file: File | null | undefined) => {
    // The same file may be chosen again after it was corrected.
    reset.current?.();
    if (!file) return;
    const read = await readStatement(file);
    const bad = typeof read === 'string';
    setUnusable(bad ? read : null);
    props.onChoose(bad ? null : read);
  };
  const hovers = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const error = unusable ? t(`import.unusable.${unusable}`) : props.error;
  return (
    <Input.Wrapper
      id={id}
      size="md"
      labelElement="div"
      label={t('import.file')}
      description={t('import.fileHint')}
      error={error}
      errorProps={{ role: 'alert' }}
      inputWrapperOrder={helpBelow}
    >
      {/* Dropping is a shortcut for who has a mouse; the button does the same. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={css.drop}
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
        <FileButton
          resetRef={reset}
          accept=".csv,.txt,.xml,text/csv,text/plain,application/xml,text/xml"
          onChange={(file) => void take(file)}
        >
          {(choose) => (
            <Button
              {...choose}
              id={id}
              name="file"
              variant="default"
              data-enter-stop
              leftSection={<Icon name="folder" size={16} />}
              aria-labelledby={`${id}-label ${id}`}
              aria-describedby={error ? `${id}-description ${id}-error` : `${id}-description`}
              aria-invalid={error ? true : undefined}
            >
              {props.chosen ? t('import.chooseOther') : t('import.choose')}
            </Button>
          )}
        </FileButton>
        <span className={props.chosen ? css.chosen : 'soft'} role="status">
          {props.chosen ? t('import.chosen', { name: props.chosen.name }) : t('import.or')}
        </span>
      </div>
    </Input.Wrapper>
  );
}
