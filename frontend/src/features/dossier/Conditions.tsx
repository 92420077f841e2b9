import { useTranslation } from 'react-i18next';
import { capital } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { useDossierPage } from './api';
import { toFilter, type DossierSearch } from './filters';
import css from './saved.module.css';

/** By what the list is narrowed that came with the link here and not from a field, each to be dropped by a press. */
export function Conditions(props: {
  search: DossierSearch;
  privateQuery: string;
  onDrop: (change: Partial<DossierSearch>) => void;
}) {
  const { t } = useTranslation('dossier');
  const { search } = props;
  // The list names whoever it is narrowed to.
  const page = useDossierPage(toFilter(search, props.privateQuery));
  const { concern, desk, handler } = search;
  const name = page.data?.items.find((item) => item.handler?.id === handler)?.handler?.full_name;
  const chips = [
    concern && { words: t(`concern.${concern}`), drop: { concern: undefined, open: undefined } },
    desk && {
      words: t('list.ofDesk', { name: capital(t(`desk.${desk}`)) }),
      drop: { desk: undefined },
    },
    handler && {
      words: t('list.ofHandler', { name: name ?? t('list.someone') }),
      drop: { handler: undefined },
    },
  ].filter((chip) => chip !== undefined && chip !== '');
  if (chips.length === 0) return null;
  return (
    <div className={css.conditions}>
      <ul className={`plain ${css.list}`} aria-label={t('list.shownOnly')}>
        {chips.map((chip) => (
          <li key={chip.words} className={css.item}>
            <span className={css.condition}>{chip.words}</span>
            <button
              type="button"
              className={css.drop}
              aria-label={t('list.drop', { what: chip.words })}
              onClick={() => props.onDrop(chip.drop)}
            >
              <Icon name="cross" size={14} />
            </button>
          </li>
        ))}
      </ul>
      {concern === 'apology_missing' && <p className="small soft">{t('list.missingHint')}</p>}
    </div>
  );
}
