import { useTranslation } from 'react-i18next';
import { languages, setLanguage } from '@/shared/i18n';
import css from './LanguageSwitch.module.css';

/** Each language is named in itself, so that whoever cannot read the other one finds it. */
export function LanguageSwitch({ dark = false }: { dark?: boolean }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={css.switch} role="group" aria-label={t('language.label')} data-dark={dark || undefined}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => void setLanguage(language)}
        >
          {t(`language.${language}`)}
        </button>
      ))}
    </div>
  );
}
