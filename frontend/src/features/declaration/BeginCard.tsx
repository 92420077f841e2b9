import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeclarationFormItem } from '@/shared/api/types';
import { Icon } from '@/shared/ui/Icon';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { formsQuery, useStartDeclaration } from './api';
import css from './declaration.module.css';
import { FormPicker } from './FormPicker';

/** Chooses a form and begins a declaration, of a dossier where one comes from it. */
export function BeginCard({ dossier }: { dossier?: string }) {
  const { t } = useTranslation('declaration');
  const navigate = useNavigate();
  const forms = useQuery(formsQuery());
  const start = useStartDeclaration();
  const [chosen, setChosen] = useState<DeclarationFormItem | null>(null);
  const [lacking, setLacking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Card id="begin" title={t('begin.title')}>
      {forms.isPending && <Loading rows={2} />}
      {forms.isError && <ProblemNotice error={forms.error} onRetry={() => void forms.refetch()} />}
      {forms.data && (
        <form
          noValidate
          autoComplete="off"
          aria-label={t('begin.title')}
          className={css.stack}
          onSubmit={(e) => {
            e.preventDefault();
            if (start.isPending) return;
            if (!chosen) return setLacking(true);
            start.mutate(
              { form_code: chosen.code, dossier_id: dossier },
              { onSuccess: ({ id }) => void navigate({ to: '/declarations/$id', params: { id } }) },
            );
          }}
        >
          <div className={css.begin}>
            <FormPicker
              forms={forms.data.items}
              chosen={chosen}
              error={lacking ? t('begin.lacking') : undefined}
              onChoose={(form) => {
                setChosen(form);
                setLacking(false);
                start.reset();
                setTimeout(() => button.current?.focus());
              }}
            />
            <Button
              ref={button}
              type="submit"
              leftSection={<Icon name="edit" size={16} />}
              loading={start.isPending}
            >
              {t('begin.start')}
            </Button>
          </div>
          {start.isError && <ProblemNotice error={start.error} />}
        </form>
      )}
    </Card>
  );
}
