import { useEffect, useState } from 'react';
import type { Language } from '@/shared/i18n';

export interface Voice {
  speaking: boolean;
  read: (text: string) => void;
  stop: () => void;
}

const speech = (): SpeechSynthesis | null =>
  typeof window !== 'undefined' && 'speechSynthesis' in window ? window.speechSynthesis : null;

const voiceFor = (language: Language) =>
  speech()
    ?.getVoices()
    .find(({ lang }) => lang.toLowerCase().startsWith(language)) ?? null;

/** Reads aloud in the browser's own voice; null where it has none of this language. */
export function useVoice(language: Language): Voice | null {
  const [voice, setVoice] = useState(() => voiceFor(language));
  const [speaking, setSpeaking] = useState(false);

  // Voices come late, and with another language another one speaks.
  useEffect(() => {
    const look = () => setVoice(voiceFor(language));
    look();
    const known = speech();
    known?.addEventListener('voiceschanged', look);
    return () => {
      known?.removeEventListener('voiceschanged', look);
      known?.cancel();
      setSpeaking(false);
    };
  }, [language]);

  if (!voice) return null;
  return {
    speaking,
    read: (text) => {
      const said = new SpeechSynthesisUtterance(text);
      said.voice = voice;
      said.lang = language === 'vi' ? 'vi-VN' : 'en-GB';
      said.onend = () => setSpeaking(false);
      said.onerror = () => setSpeaking(false);
      speech()?.cancel();
      setSpeaking(true);
      speech()?.speak(said);
    },
    stop: () => {
      speech()?.cancel();
      setSpeaking(false);
    },
  };
}
