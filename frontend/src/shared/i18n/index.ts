import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { vi } from './locales/vi';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];
const STORAGE_KEY = 'motcua.language';

const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);

function remembered(): Language {
  try {
    const value = localStorage.getItem(STORAGE_KEY);
    return isLanguage(value) ? value : 'vi';
  } catch {
    return 'vi';
  }
}

/** The language of the screen, also sent as Accept-Language. */
export const currentLanguage = (): Language => (isLanguage(i18next.language) ? i18next.language : 'vi');

/** English is fetched only by those who ask for it. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'vi' || i18next.hasResourceBundle(language, 'common')) return;
  const { en } = await import('./locales/en');
  for (const [namespace, texts] of Object.entries(en)) i18next.addResourceBundle(language, namespace, texts);
}

export async function setLanguage(language: Language): Promise<void> {
  await loadLanguage(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export async function startI18n(language: Language = remembered()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'vi',
    fallbackLng: 'vi',
    resources: { vi },
    defaultNS: 'common',
    ns: Object.keys(vi),
    interpolation: { escapeValue: false },
  });
  await setLanguage(language);
}
