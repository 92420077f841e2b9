import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import type { Dossier } from '@/shared/api/types';
import { formatBirthDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { personalDataQuery } from './api';
import css from './dossier.module.css';

type Party = NonNullable<Dossier['filer']> | Dossier['owner'];

/** Owner and filer, masked until someone asks to see them whole; asking is recorded. */
export function PartiesCard({ dossier }: { dossier: Dossier }) {
  const { t } = useTranslation('dossier');
  const [whole, setWhole] = useState(false);
  const personal = useQuery({ ...personalDataQuery(dossier.id), enabled: whole });
  const me = useQuery(meQuery()).data;
  const mayReadViews = me?.permissions.includes('dossiers.personal_data_views') ?? false;
  const owner = (whole && personal.data?.owner) || dossier.owner;
  const filer = (whole && personal.data?.filer) || dossier.filer;
  return (
    <Card
      id="parties"
      title={t('party.title')}
      aside={
        <span className={css.partyTools}>
          {dossier.amendable && (
            <Link to="/dossiers/$id/amend" params={{ id: dossier.id }} className={ui.linkButton}>
              <Icon name="edit" size={16} />
              {t('party.amend')}
            </Link>
          )}
          {mayReadViews && (
            <Link to="/dossiers/$id/views" params={{ id: dossier.id }} search={{}} className={ui.linkButton}>
              <Icon name="people" size={16} />
              {t('party.views')}
            </Link>
          )}
          <button
            type="button"
            className={ui.linkButton}
            aria-pressed={whole}
            onClick={() => setWhole(!whole)}
          >
            <Icon name="eye" size={16} />
            {whole ? t('party.mask') : t('party.showWhole')}
          </button>
        </span>
      }
    >
      <div className={css.parties} aria-live="polite">
        {whole && <p className="small soft">{t('party.audited')}</p>}
        {personal.isError && <ProblemNotice error={personal.error} />}
        <div>
          <h3>{t('party.owner')}</h3>
          <PartyFacts party={owner} kind={dossier.owner.kind} />
        </div>
        {filer && (
          <div>
            <h3>{t('party.filer')}</h3>
            <PartyFacts party={filer} />
          </div>
        )}
        <Facts
          items={[
            [t('party.authority'), dossier.authority.name],
            [t('party.channel'), t(`channel.${dossier.channel}`)],
            [
              t('party.delivery'),
              [t(`delivery.${dossier.result_delivery.method}`), dossier.result_delivery.address]
                .filter(Boolean)
                .join(' – '),
            ],
            [t('party.note'), dossier.note],
          ]}
        />
      </div>
    </Card>
  );
}

function PartyFacts({
  party,
  kind,
}: {
  party: Partial<Party> & { full_name: string };
  kind?: Dossier['owner']['kind'];
}) {
  const { t } = useTranslation('dossier');
  const more = party as Record<string, string | null | undefined>;
  return (
    <Facts
      items={[
        [t('party.name'), <strong key="name">{party.full_name}</strong>],
        [t('party.kind'), kind && kind !== 'citizen' ? t(`kind.${kind}`) : null],
        [t('party.identity'), more.identity_number],
        [t('party.birth'), more.birth_date && formatBirthDate(more.birth_date)],
        [t('party.phone'), more.phone],
        [t('party.email'), more.email],
        [t('party.address'), more.address],
        [t('party.relation'), more.relation],
        [t('party.authorisation'), more.authorisation],
      ]}
    />
  );
}
