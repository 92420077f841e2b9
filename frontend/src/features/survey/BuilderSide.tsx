import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from '@/features/draft/draft.module.css';
import type { FieldError } from '@/shared/api/problem';
import type { QuestionnaireView } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { Chip } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import type { QuestionnaireForm } from './form';
import { useFieldWords } from './useFieldWords';

/** Beside what is written: whether it is saved, what is wrong with it, and what can be done with it. */
export function BuilderSide(props: {
  view: QuestionnaireView | null;
  changed: boolean;
  saving: boolean;
  faults: (FieldError & { field: string })[];
  form: QuestionnaireForm;
  onGo: (field: string) => void;
  onSave: () => void;
  onPublish?: () => void;
  onDiscard?: () => void;
}) {
  const { t } = useTranslation('survey');
  const words = useFieldWords(props.form);
  const { faults } = props;
  return (
    <Card id="draft-state" title={t('builder.state')}>
      <p role="status">
        {faults.length > 0 ? (
          <Chip tone="late" icon="late">
            {t('builder.faults', { count: faults.length })}
          </Chip>
        ) : !props.view || props.changed ? (
          <Chip tone="soon" icon="info">
            {t('builder.dirty')}
          </Chip>
        ) : (
          <Chip tone="good" icon="check">
            {t('builder.saved')}
          </Chip>
        )}
      </p>
      {faults.length > 0 && (
        <ul className={`${css.faults} plain`}>
          {faults.map((fault) => (
            <li key={`${fault.pointer} ${fault.code}`}>
              <button type="button" className={ui.linkButton} onClick={() => props.onGo(fault.field)}>
                {words(fault.field)}
              </button>
              <p className="small">{fault.detail}</p>
            </li>
          ))}
        </ul>
      )}
      <div className={css.actions}>
        <Button fullWidth loading={props.saving} onClick={props.onSave}>
          {t('builder.save')}
        </Button>
        {props.onPublish && (
          <Button
            fullWidth
            variant="default"
            leftSection={<Icon name="send" size={16} />}
            onClick={props.onPublish}
          >
            {t('builder.publish')}
          </Button>
        )}
        {props.onDiscard && (
          <Button fullWidth variant="default" onClick={props.onDiscard}>
            {t('builder.discard')}
          </Button>
        )}
      </div>
      <p className="small soft">{t('builder.keys')}</p>
    </Card>
  );
}
