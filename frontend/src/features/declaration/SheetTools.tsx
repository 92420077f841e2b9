import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import kiosk from '@/features/kiosk/kiosk.module.css';
import type { Voice } from '@/features/kiosk/speech';
import { Icon } from '@/shared/ui/Icon';

export interface Told {
  voice: Voice | null;
  /** What is read aloud. */
  words: string;
  onBack?: () => void;
}

/** The way back and the voice, before what is decided. */
export function SheetTools({ voice, words, onBack, children }: Told & { children: ReactNode }) {
  const { t } = useTranslation('kiosk');
  return (
    <div className={kiosk.tools}>
      {onBack && (
        <button type="button" className={kiosk.quiet} onClick={onBack}>
          <Icon name="left" size={24} />
          {t('back')}
        </button>
      )}
      {voice && (
        <button
          type="button"
          className={kiosk.quiet}
          aria-pressed={voice.speaking}
          onClick={() => (voice.speaking ? voice.stop() : voice.read(words))}
        >
          <Icon name="sound" size={24} />
          {t(voice.speaking ? 'readStop' : 'read')}
        </button>
      )}
      {children}
    </div>
  );
}
