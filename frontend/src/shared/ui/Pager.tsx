import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';
import css from './ui.module.css';

/** Forward and back through a keyset list; the list itself knows no page numbers. */
export function Pager(props: { next?: string | null; prev?: string | null; onGo: (cursor: string) => void }) {
  const { t } = useTranslation();
  if (!props.next && !props.prev) return null;
  return (
    <nav className={css.pager} aria-label={t('pages')}>
      <Button
        variant="default"
        disabled={!props.prev}
        leftSection={<Icon name="left" size={16} />}
        onClick={() => props.prev && props.onGo(props.prev)}
      >
        {t('previousPage')}
      </Button>
      <Button
        variant="default"
        disabled={!props.next}
        rightSection={<Icon name="right" size={16} />}
        onClick={() => props.next && props.onGo(props.next)}
      >
        {t('nextPage')}
      </Button>
    </nav>
  );
}
