import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dossierQuery, personalDataQuery, useAmendment } from '@/features/dossier/api';
import { versionQuery } from '@/features/draft/api';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Dossier, PersonalData } from '@/shared/api/types';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { DeliveryFields } from './DeliverySection';
import css from './intake.module.css';
import { PapersTable } from './PapersTable';
import { PersonFields } from './PersonFields';
import { handedIn, toDelivery, toFiler, toOwner, toPerson, type Counts } from './state';

/** How many of each paper a dossier says were handed in. */
const countsOf = (dossier: Dossier): Record<string, Counts> =>
  Object.fromEntries(
    dossier.components.map(({ component_id, originals, certified_copies, photocopies }) => [
      component_id,
      { originals, certified_copies, photocopies },
    ]),
  );
/** What is as it was is not sent: nobody else's change of it is undone. */
const unless = <T,>(before: T, now: T): T | undefined =>
  JSON.stringify(before) === JSON.stringify(now) ? undefined : now;

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
  /** The dossier as this form was filled from it, whatever others change meanwhile. */
  const [seen] = useState(dossier);
  const [counts, setCounts] = useState(() => countsOf(seen));
  const [method, setMethod] = useState(seen.result_delivery.method);
  const [address, setAddress] = useState(seen.result_delivery.address ?? '');
  // The papers of the version it was taken in under; a newer one may ask for others.
  const { code, version } = dossier.procedure;
  const procedure = useQuery(versionQuery(code, version));
  const papers = procedure.data?.procedure.components;
  const [reason, setReason] = useState('');
  const amendment = useAmendment(dossier);
  const problem = amendment.isError ? asProblem(amendment.error) : null;
  const errors = errorsByField(problem);
  const hasSlip = dossier.letters.some((l) => l.form === '01');

  const send = () => {
    const { result_delivery: before } = seen;
    amendment.mutate(
      {
        owner: toOwner(owner),
        filer: filer ? toFiler(filer) : undefined,
        components: papers && unless(handedIn(papers, countsOf(seen)), handedIn(papers, counts)),
        result_delivery: unless(toDelivery(before.method, before.address ?? ''), toDelivery(method, address)),
        reason: reason.trim(),
      },
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
      {papers?.length !== 0 && (
        <Card id="papers" title={t('amend.papers')}>
          {procedure.isPending && <Loading />}
          {procedure.isError && <ProblemNotice error={procedure.error} />}
          {papers && (
            <PapersTable
              caption={t('amend.papers')}
              components={papers}
              counts={counts}
              onChange={(id, next) => setCounts((all) => ({ ...all, [id]: next }))}
            />
          )}
        </Card>
      )}
      <Card id="delivery" title={t('amend.delivery')}>
        <div className={css.fields}>
          <DeliveryFields
            method={method}
            address={address}
            ownerAddress={owner.values.address}
            errors={errors}
            onChange={(nextMethod, nextAddress) => {
              setMethod(nextMethod);
              setAddress(nextAddress);
            }}
          />
        </div>
      </Card>
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
