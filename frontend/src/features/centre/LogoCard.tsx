import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { markQuery, publicCentresQuery, useChangeLogo } from './api';
import css from './centre.module.css';
import { MarkSample } from './Mark';
import { PictureField, type PictureFieldHandle } from './PictureField';

/** The centre's own mark, which stands at the head of every page. */
export function LogoCard({ centre }: { centre: string }) {
  const { t } = useTranslation('centre');
  // What anyone is told has no id of the centre but in the address of its mark.
  const logos = useQuery(publicCentresQuery()).data?.items.map((c) => c.logo);
  const present = useQuery(markQuery(logos?.find((address) => address?.includes(`/${centre}/`)))).data;
  const [image, setImage] = useState('');
  const [lacking, setLacking] = useState(false);
  const change = useChangeLogo();
  const form = useRef<KeyFormHandle>(null);
  const field = useRef<PictureFieldHandle>(null);
  const problem = change.isError ? asProblem(change.error) : null;
  const errors = errorsByField(problem);

  const send = () => {
    if (change.isPending) return;
    change.reset();
    setLacking(image === '');
    if (image === '') form.current?.focusFault();
    else change.mutate({ id: centre, image }, { onSuccess: () => setImage('') });
  };
  const drop = () => {
    setLacking(false);
    // The button is gone with the mark.
    change.mutate({ id: centre, image: null }, { onSuccess: () => field.current?.focus() });
  };
  const dropping = change.variables?.image === null;
  return (
    <Card id={`logo-${centre}`} title={t('logo.title')}>
      <KeyForm ref={form} label={t('logo.title')} className={css.stack} refusal={change.error} onSend={send}>
        <p className="soft">{t('logo.lead')}</p>
        {present && <MarkSample address={present} about={t('logo.present')} />}
        <PictureField
          ref={field}
          name="image"
          label={present ? t('logo.other') : t('logo.picture')}
          value={image}
          error={lacking ? t('logo.lacking') : errors.image}
          onChange={(next) => {
            setImage(next);
            setLacking(false);
            change.reset();
          }}
        />
        <div className={css.wide}>
          {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
          {change.isSuccess && <Notice tone="good" live title={dropping ? t('logo.dropped') : t('saved')} />}
          <div className={css.actions}>
            <Button type="submit" loading={change.isPending && !dropping}>
              {t('save')}
            </Button>
            {present && (
              <Button variant="default" loading={change.isPending && dropping} onClick={drop}>
                {t('logo.drop')}
              </Button>
            )}
          </div>
        </div>
      </KeyForm>
    </Card>
  );
}
