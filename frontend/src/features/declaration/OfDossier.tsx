import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import type { Dossier } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { declarationsQuery, formsQuery, useStartDeclaration } from './api';
import css from './declaration.module.css';
import { PaperButton, StateChip, useBoth } from './parts';
import { formsFor, mayWrite } from './words';

type Of = Pick<Dossier, 'id' | 'procedure'>;

/** The forms that whoever is signed in may fill in for a dossier. */
function useFormsFor(dossier: Of) {
  const me = useQuery(meQuery()).data;
  const writes = mayWrite(me);
  const forms = useQuery({ ...formsQuery(), enabled: writes }).data?.items ?? [];
  return writes ? formsFor(forms, dossier.procedure.code) : [];
}

/** Begins the declaration that belongs to a dossier. No form for its procedure: no button. */
export function BeginForDossier({ dossier, size }: { dossier: Of; size: 'md' | 'compact-md' }) {
  const { t } = useTranslation('declaration');
  const navigate = useNavigate();
  const start = useStartDeclaration();
  const forms = useFormsFor(dossier);
  const language = useBoth();
  return (
    <>
      {forms.map((form) => (
        <Button
          key={form.code}
          size={size}
          variant="default"
          leftSection={<Icon name="edit" size={16} />}
          loading={start.isPending}
          // Several forms are told apart by their names.
          aria-label={forms.length > 1 ? t('ofDossier.beginOf', { form: form.title[language] }) : undefined}
          onClick={() =>
            start.mutate(
              { form_code: form.code, dossier_id: dossier.id },
              { onSuccess: ({ id }) => void navigate({ to: '/declarations/$id', params: { id } }) },
            )
          }
        >
          {t('ofDossier.begin')}
        </Button>
      ))}
      {start.isError && <ProblemNotice error={start.error} />}
    </>
  );
}

/** The declarations of a dossier: begun, found again, printed. None, and no form for one: no card. */
export function DeclarationsCard({ dossier }: { dossier: Of }) {
  const { t } = useTranslation('declaration');
  const language = useBoth();
  const forms = useFormsFor(dossier);
  const reads = useQuery(meQuery()).data?.permissions.includes('dossiers.personal_data') ?? false;
  const list = useQuery(declarationsQuery({ dossier: dossier.id }));
  const items = list.data?.items ?? [];
  if (items.length === 0 && forms.length === 0 && !list.isError) return null;
  return (
    <Card
      id="declarations"
      title={t('ofDossier.title')}
      aside={<BeginForDossier dossier={dossier} size="compact-md" />}
    >
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <p className="soft">{t('ofDossier.none')}</p>}
      <ul className={`${css.lines} plain`}>
        {items.map((one) => (
          <li key={one.id}>
            <div>
              {/* It shows personal data: whoever would be refused it gets no link. */}
              {reads ? (
                <Link to="/declarations/$id" params={{ id: one.id }}>
                  {one.title[language]}
                </Link>
              ) : (
                <p>{one.title[language]}</p>
              )}
              <p className="small soft">
                {one.declarant?.full_name && `${one.declarant.full_name} · `}
                {formatDateTime(one.created_at)}
              </p>
              <StateChip state={one.state} />
            </div>
            {reads && (
              <PaperButton id={one.id} label={t('paper.printOf', { form: one.title[language] })}>
                {t('paper.print')}
              </PaperButton>
            )}
          </li>
        ))}
      </ul>
      {list.data?.next && (
        <Link to="/declarations" search={{ dossier: dossier.id }}>
          {t('ofDossier.all')}
        </Link>
      )}
    </Card>
  );
}
