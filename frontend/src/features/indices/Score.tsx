import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { IndexLine } from '@/shared/api/types';
import css from './indices.module.css';
import { formatScore, isIndex } from './words';

/** A figure, which opens into what it was worked out of. What nobody counted says so, and is not nought. */
export function Score(props: { snapshot: string; line?: IndexLine; of: string; own?: boolean }) {
  const { t, i18n } = useTranslation('indices');
  const { line } = props;
  const written = formatScore(line?.score, i18n.language);
  if (!line || written === undefined) return <span className={css.none}>{t('noData')}</span>;
  if (!isIndex(line.index)) return <>{written}</>;
  return (
    <Link
      to="/indices/$id/lines/$line"
      params={{ id: props.snapshot, line: line.id }}
      search={{ index: line.index, own: props.own ? 1 : undefined }}
      aria-label={t('open', { score: written, index: t(`index.${line.index}`), of: props.of })}
    >
      {written}
    </Link>
  );
}
