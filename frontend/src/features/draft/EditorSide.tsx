import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Chip } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import css from './draft.module.css';
import type { Draft, Fault } from './types';
import { useMemberWords } from './useMemberWords';

/** Beside what is written: whether it is saved, what is still wrong with it, and what can be done with it. */
export function EditorSide(props: {
  draft: Draft;
  saved: Draft;
  dirty: boolean;
  saving: boolean;
  open: (Fault & { field: string })[];
  onGo: (field: string) => void;
  onPublish: () => void;
  onDiscard: () => void;
}) {
  const { t } = useTranslation('draft');
  const words = useMemberWords();
  const { draft, saved, open } = props;
  const at = formatDateTime(saved.updated_at);
  return (
    <Card id="draft-state" title={t('editor.state')}>
      <p role="status">
        {props.dirty ? (
          <Chip tone="soon" icon="info">
            {t('editor.dirty')}
          </Chip>
        ) : (
          <span className="soft">
            {saved.updated_by
              ? t('editor.savedBy', { at, name: saved.updated_by })
              : t('editor.saved', { at })}
          </span>
        )}
      </p>
      <div className={css.actions}>
        <Button type="submit" fullWidth loading={props.saving}>
          {t('editor.save')}
        </Button>
        <Button
          fullWidth
          variant="default"
          leftSection={<Icon name="send" size={16} />}
          onClick={props.onPublish}
        >
          {t('editor.publish')}
        </Button>
        <Button fullWidth variant="default" onClick={props.onDiscard}>
          {t('editor.discard')}
        </Button>
      </div>
      <p className="small soft">{t('editor.keys')}</p>
      <h3 id="faults-title" tabIndex={-1} className={css.sub}>
        {open.length > 0
          ? t('faults.title', { count: open.length })
          : props.dirty
            ? t('faults.stale')
            : draft.base_version === draft.newest_version
              ? t('faults.none')
              : t('faults.outdated')}
      </h3>
      {open.length > 0 && (
        <>
          <ul className={`${css.faults} plain`}>
            {open.map((fault) => (
              <li key={`${fault.pointer} ${fault.code} ${fault.detail}`}>
                <button type="button" className={ui.linkButton} onClick={() => props.onGo(fault.field)}>
                  {words(fault.pointer, draft.procedure)}
                </button>
                <p className="small">{fault.detail}</p>
              </li>
            ))}
          </ul>
          {props.dirty && <p className="small soft">{t('faults.stale')}</p>}
        </>
      )}
    </Card>
  );
}
