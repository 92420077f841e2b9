import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Declaration, DeclarationState, DeclarationValue } from '@/shared/api/types';
import type { Language } from '@/shared/i18n';
import { FileButton } from '@/shared/ui/FileButton';
import { Icon, type IconName } from '@/shared/ui/Icon';
import { Chip } from '@/shared/ui/Notice';
import { paperDocument } from './api';
import css from './declaration.module.css';
import { stateLook } from './words';

/** The language in which what comes in both is shown. */
export function useBoth(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'vi';
}

export function StateChip({ state }: { state: DeclarationState }) {
  const { t } = useTranslation('declaration');
  return (
    <Chip tone={stateLook[state].tone} icon={stateLook[state].icon}>
      {t(`state.${state}`)}
    </Chip>
  );
}

/** Below its title: where it stands, its number, and whose dossier it belongs to. */
export function Lead({ declaration }: { declaration: Declaration }) {
  const { t } = useTranslation('declaration');
  return (
    <div className={css.links}>
      <StateChip state={declaration.state} />
      <span>{t('one.number', { number: declaration.form_number })}</span>
      {declaration.dossier_id && (
        <Link to="/dossiers/$id" params={{ id: declaration.dossier_id }}>
          {declaration.dossier_code ? t('one.dossier', { code: declaration.dossier_code }) : t('openDossier')}
        </Link>
      )}
      <Link to="/declarations" search={{}}>
        {t('one.back')}
      </Link>
    </div>
  );
}

const sourceIcon: Record<DeclarationValue['source'], IconName> = {
  card: 'card',
  dossier: 'folder',
  officer: 'edit',
  citizen: 'user',
};

/** Where what stands in a field comes from. */
export function SourceMark({ value }: { value: Pick<DeclarationValue, 'source' | 'from'> }) {
  const { t } = useTranslation('declaration');
  const words =
    value.source !== 'dossier'
      ? t(`source.${value.source}`)
      : value.from
        ? t('source.dossierOf', { code: value.from })
        : t('source.dossier');
  return (
    <span className={css.source} data-source={value.source}>
      <Icon name={sourceIcon[value.source]} size={14} />
      {words}
    </span>
  );
}

/** Opens the declaration as it is printed. */
export function PaperButton(props: {
  id: string;
  /** Its whole name, where others of its kind stand beside it. */
  label?: string;
  autoFocus?: boolean;
  children: string;
  /** What is to be done before it is looked at. */
  before?: () => Promise<unknown>;
}) {
  const { id, before } = props;
  return (
    <FileButton
      icon="print"
      label={props.label}
      autoFocus={props.autoFocus}
      otherwise={`to-khai-${id}.pdf`}
      ask={async () => {
        await before?.();
        return paperDocument(id);
      }}
    >
      {props.children}
    </FileButton>
  );
}
