import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { concernGroups, toneOf } from '@/features/deadline/concerns';
import type { Concern } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { toneStyle } from '@/shared/ui/Notice';
import { listBehind, type Counts } from './board';
import css from './watch.module.css';

/** The twelve lists as numbers, by what is to be done about them; each number opens its list. */
export function Tiles({ counts }: { counts: Counts }) {
  const { t } = useTranslation('watch');
  return (
    <div className={css.groups}>
      {concernGroups.map((group) => (
        <section key={group.key} aria-labelledby={`group-${group.key}`} className={css.group}>
          <h2 id={`group-${group.key}`}>{t(`group.${group.key}`)}</h2>
          <ul className={`plain ${css.tiles}`}>
            {group.concerns.map((concern) => (
              <li key={concern}>
                <Tile concern={concern} count={counts[concern] ?? 0} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Tile({ concern, count }: { concern: Concern; count: number }) {
  const { t } = useTranslation(['watch', 'dossier']);
  const tone = toneOf(concern);
  const inside = (
    <>
      <span className={css.count}>
        {count}
        {count > 0 && tone === 'late' && (
          <span className={css.late}>
            <Icon name="late" size={15} />
            {t('late')}
          </span>
        )}
      </span>
      <span className={css.name}>{t(`dossier:concern.${concern}`)}</span>
      <span className={css.hint}>{t(`hint.${concern}`)}</span>
    </>
  );
  if (count === 0) return <div className={css.tile}>{inside}</div>;
  return (
    <Link to="/dossiers" search={listBehind(concern)} className={css.tile} style={toneStyle(tone)}>
      {inside}
    </Link>
  );
}
