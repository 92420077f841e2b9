import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import draft from '@/features/draft/draft.module.css';
import type { DeclarationForm } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { Chip } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { inOrder, placesOf } from './filling';
import { PaperButton, useBoth } from './parts';
import type { Filling } from './useFilling';

/** Beside the fields: whether all is saved, what is missing, and what can be done with the declaration. */
export function FillingSide(props: {
  filling: Filling;
  form: DeclarationForm;
  reading: boolean;
  onGo: (key: string) => void;
  onReadBack: () => void;
  onDrop: () => void;
}) {
  const { t } = useTranslation('declaration');
  const language = useBoth();
  const { filling, form } = props;
  const { seen } = filling;
  const faults = inOrder(form, filling.faults);
  const places = placesOf(form);
  const words = (key: string) => {
    const place = places.find((p) => p.key === key);
    return place ? `${place.section.name[language]} · ${place.field.name[language]}` : key;
  };
  const unsaved = Object.keys(filling.typed).length > 0;
  return (
    <Card id="standing" title={t('fill.standing')}>
      <p role="status">
        {faults.length > 0 ? (
          <Chip tone="late" icon="late">
            {t('fill.faults', { count: faults.length })}
          </Chip>
        ) : filling.busy ? (
          <Chip icon="clock">{t('fill.saving')}</Chip>
        ) : unsaved ? (
          <Chip tone="soon" icon="info">
            {t('fill.unsaved')}
          </Chip>
        ) : (
          <Chip tone="good" icon="check">
            {t('fill.saved')}
          </Chip>
        )}
      </p>
      {faults.length > 0 && (
        <ul className={`${draft.faults} plain`}>
          {faults.map((fault) => (
            <li key={fault.key}>
              <button type="button" className={ui.linkButton} onClick={() => props.onGo(fault.key)}>
                {words(fault.key)}
              </button>
              <p className="small">{fault.detail}</p>
            </li>
          ))}
        </ul>
      )}
      <div className={draft.actions}>
        <Button
          fullWidth
          leftSection={<Icon name="speech" size={16} />}
          loading={props.reading}
          onClick={props.onReadBack}
        >
          {t('fill.readBack')}
        </Button>
        <PaperButton id={seen.id} before={filling.save}>
          {t(seen.state === 'draft' ? 'paper.preview' : 'paper.print')}
        </PaperButton>
        <Button fullWidth variant="default" onClick={props.onDrop}>
          {t('drop.button')}
        </Button>
      </div>
      <p className="small soft">{t('fill.keys')}</p>
    </Card>
  );
}
