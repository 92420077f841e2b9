import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dossierQuery, personalDataQuery, useAmendment } from '@/features/dossier/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Dossier, PersonalData } from '@/shared/api/types';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import css from './intake.module.css';
import { PersonFields } from './PersonFields';
import { toFiler, toOwner, toPerson } from './state';

/** What was mistyped at reception is put right, from the card or by hand, and the slip is issued anew. */
export function AmendScreen({ id }: { id: string }) {
  const { t } = useTranslation('intake');
  const dossier = useQuery(dossierQuery(id));
  const open = dossier.data?.amendable === true;
  const personal = useQuery({ ...personalDataQuery(id), enabled: open });
  const error = dossier.error ?? personal.error;
  return (
    <Page title={t('amend.title')} lead={dossier.data?.code ?? undefined} ownFocus={open}>
      {error && <ProblemNotice error={error} />}
      {dossier.data && !open && <Notice tone="soon" title={t('amend.closed')} />}
      {!error && (dossier.isPending || (open && personal.isPending)) && <Loading rows={8} />}
      {open && dossier.data && personal.data && (
        <Form key={id} dossier={dossier.data} personal={personal.data} />
      )}
      <p>
        <Link to="/dossiers/$id" params={{ id }}>
          {t('amend.back')}
        </Link>
      </p>
    </Page>
  );
}

function Form({ dossier, personal }: { dossier: Dossier; personal: PersonalData }) {
  const { t } = useTranslation('intake');
  const navigate = useNavigate();
  const [owner, setOwner] = useState(() => toPerson(personal.owner));
  const [filer, setFiler] = useState(() =>
    personal.filer ? toPerson(personal.filer, dossier.filer ?? undefined) : null,
  );
  const [reason, setReason] = useState('');
  const amendment = useAmendment(dossier);
  const problem = amendment.isError ? asProblem(amendment.error) : null;
  const errors = errorsByField(problem);
  const hasSlip = dossier.letters.some((l) => l.form === '01');

  const send = () => {
    amendment.mutate(
      { owner: toOwner(owner), filer: filer ? toFiler(filer) : undefined, reason: reason.trim() },
      {
        onSuccess: ({ id }) =>
          void navigate(
            hasSlip
              ? { to: '/dossiers/$id/slip', params: { id }, search: {} }
              : { to: '/dossiers/$id', params: { id } },
          ),
      },
    );
  };

  return (
    <KeyForm
      label={t('amend.title')}
      className={css.sections}
      refusal={amendment.error}
      onSend={() => {
        if (!amendment.isPending) send();
      }}
    >
      <p className="soft">
        {t('amend.lead')} {t('amend.audited')}
      </p>
      <Card id="owner" title={t('amend.owner')}>
        <PersonFields who="owner" person={owner} errors={errors} autoFocus onChange={setOwner} />
      </Card>
      {filer && (
        <Card id="filer" title={t('amend.filer')}>
          <PersonFields
            who="filer"
            person={filer}
            errors={errors}
            onChange={(change) => setFiler((f) => f && change(f))}
          />
        </Card>
      )}
      <Card id="reason" title={t('amend.reason')}>
        <div className={css.amendEnd}>
          <Textarea
            required
            aria-label={t('amend.reason')}
            value={reason}
            error={errors.reason}
            autosize
            minRows={2}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          {hasSlip && <p className="small soft">{t('amend.slip')}</p>}
          {problem && <ProblemNotice error={problem} />}
          <div>
            <Button type="submit" loading={amendment.isPending}>
              {hasSlip ? t('amend.send') : t('amend.sendNoSlip')}
            </Button>
          </div>
        </div>
      </Card>
    </KeyForm>
  );
}
