import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import kiosk from '@/features/kiosk/kiosk.module.css';
import { Icon } from '@/shared/ui/Icon';
import { hasInk, type Stroke } from './pen';
import css from './readback.module.css';
import { SheetTools, type Told } from './SheetTools';
import { SignaturePad } from './SignaturePad';

/** What one promises, and where one signs: with a finger or a pen here, or with a pen on paper. Two sign on paper. */
export function Sign(
  props: Told & {
    pledge: string;
    /** A screen takes one signature. */
    paperOnly: boolean;
    busy: boolean;
    onSign: (strokes: Stroke[]) => void;
    onPaper: () => void;
  },
) {
  const { t } = useTranslation('declaration');
  const [strokes, setStrokes] = useState<Stroke[]>([]);
  const [lacking, setLacking] = useState(false);
  const { voice, words, onBack, paperOnly } = props;
  const send = () => {
    if (!hasInk(strokes)) setLacking(true);
    else props.onSign(strokes);
  };
  return (
    <>
      <p className={css.pledge}>{props.pledge}</p>
      <p className={kiosk.hint}>{t(paperOnly ? 'sign.several' : 'sign.how')}</p>
      {!paperOnly && (
        <>
          <SignaturePad
            strokes={strokes}
            label={t(hasInk(strokes) ? 'sign.padSigned' : 'sign.pad')}
            onChange={(change) => {
              setLacking(false);
              setStrokes(change);
            }}
          />
          <p role="alert" className={kiosk.lack}>
            {lacking && (
              <>
                <Icon name="late" size={24} />
                {t('sign.lacking')}
              </>
            )}
          </p>
        </>
      )}
      <SheetTools voice={voice} words={words} onBack={onBack}>
        {strokes.length > 0 && (
          <button type="button" className={kiosk.quiet} onClick={() => setStrokes([])}>
            {t('sign.clear')}
          </button>
        )}
        <button
          type="button"
          className={paperOnly ? kiosk.next : kiosk.quiet}
          aria-disabled={props.busy || undefined}
          onClick={props.onPaper}
        >
          {t(props.busy && paperOnly ? 'sign.sending' : 'sign.paper')}
        </button>
        {!paperOnly && (
          <button type="button" className={kiosk.next} aria-disabled={props.busy || undefined} onClick={send}>
            {t(props.busy ? 'sign.sending' : 'sign.send')}
          </button>
        )}
      </SheetTools>
    </>
  );
}
