import { Button, FileButton, Input } from '@mantine/core';
import { useId, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { helpBelow } from '@/shared/ui/helpBelow';
import css from './centre.module.css';
import { MarkSample } from './Mark';
import { addressOf, readPicture, type UnusablePicture } from './picture';

export interface PictureFieldHandle {
  focus: () => void;
}

/** Takes the picture of a mark and shows it before it is sent; what no server would take is told at once. */
export function PictureField(props: {
  label: string;
  /** By which the complaints find it. */
  name: string;
  /** In base64; nothing: none is chosen. */
  value: string;
  error?: string;
  ref?: Ref<PictureFieldHandle>;
  onChange: (base64: string) => void;
}) {
  const { t } = useTranslation('centre');
  const id = useId();
  const reset = useRef<() => void>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [file, setFile] = useState('');
  const [unusable, setUnusable] = useState<UnusablePicture | null>(null);
  useImperativeHandle(props.ref, () => ({ focus: () => button.current?.focus() }), []);

  const take = async (chosen: File | null) => {
    // The same file may be chosen again after it was corrected.
    reset.current?.();
    if (!chosen) return;
    const read = await readPicture(chosen);
    const bad = typeof read === 'string';
    setUnusable(bad ? read : null);
    setFile(chosen.name);
    props.onChange(bad ? '' : read.base64);
  };
  const error = unusable ? t(`logo.unusable.${unusable}`) : props.error;
  return (
    <Input.Wrapper
      id={id}
      size="md"
      labelElement="div"
      label={props.label}
      description={t('logo.hint')}
      error={error}
      errorProps={{ role: 'alert' }}
      inputWrapperOrder={helpBelow}
    >
      <div className={css.picture}>
        {props.value && (
          <MarkSample address={addressOf(props.value)} about={t('logo.chosen', { name: file })} />
        )}
        <FileButton resetRef={reset} accept="image/png,image/jpeg" onChange={(chosen) => void take(chosen)}>
          {(choose) => (
            <Button
              {...choose}
              ref={button}
              id={id}
              name={props.name}
              variant="default"
              leftSection={<Icon name="folder" size={16} />}
              aria-labelledby={`${id}-label ${id}`}
              aria-describedby={error ? `${id}-description ${id}-error` : `${id}-description`}
              aria-invalid={error ? true : undefined}
            >
              {props.value ? t('logo.chooseOther') : t('logo.choose')}
            </Button>
          )}
        </FileButton>
        {props.value && (
          <Button
            variant="default"
            leftSection={<Icon name="cross" size={14} />}
            onClick={() => {
              props.onChange('');
              // The button is gone with the picture.
              button.current?.focus();
            }}
          >
            {t('logo.unchoose')}
          </Button>
        )}
      </div>
    </Input.Wrapper>
  );
}
