import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLimitWords } from '@/features/deadline/useLimitWords';
import { ProcedureTools } from '@/features/draft/ProcedureTools';
import { VersionsCard } from '@/features/draft/VersionsCard';
import type { Limit, Procedure } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDate } from '@/shared/ui/format';
import { Chip, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { procedureQuery, publicProcedureQuery } from './api';
import css from './catalogue.module.css';
import { FeeLines } from './FeeLines';
import { Sure } from './Sure';
import { WorkflowCard } from './WorkflowCard';

export function ProcedureScreen({ code }: { code: string }) {
  const query = useQuery(procedureQuery(code));
  return <Whole query={query} open={false} />;
}

export function PublicProcedureScreen({ code }: { code: string }) {
  const query = useQuery(publicProcedureQuery(code));
  return <Whole query={query} open />;
}

type ProcedureQuery = Pick<ReturnType<typeof useQuery<Procedure>>, 'data' | 'error' | 'refetch'>;

function Whole({ query, open }: { query: ProcedureQuery; open: boolean }) {
  const { t } = useTranslation(['catalogue', 'draft']);
  const limitWords = useLimitWords();
  const word = useWord();
  const p = query.data;
  if (!p)
    return (
      <Page title={t('procedure')}>
        {query.error ? (
          <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading rows={8} />
        )}
      </Page>
    );
  const limit = (l: Limit | null | undefined) =>
    l ? (
      <>
        {limitWords(l)} <Sure certainty={l.certainty} />
        {l.note && <p className="small soft">{l.note}</p>}
      </>
    ) : null;
  const flags = (Object.keys(p.flags) as (keyof Procedure['flags'])[]).filter((f) => p.flags[f]);
  return (
    <Page title={p.name} lead={`${p.code} · ${p.field}`}>
      {p.certainty === 'to_check' && (
        <Notice tone="soon" title={t('toCheck.title')}>
          {t('toCheck.text')}
        </Notice>
      )}
      {!open && <ProcedureTools procedure={p} />}
      <div className={css.columns}>
        <Card id="papers" title={t('papers')}>
          {p.components.length === 0 ? (
            <p className="soft">{t('noPapers')}</p>
          ) : (
            <ol className={css.papers}>
              {p.components.map((c) => (
                <li key={c.id}>
                  {c.name} <span className="small soft">{c.required ? t('required') : t('ifAny')}</span>{' '}
                  <Sure certainty={c.certainty} />
                  {c.source && <p className="small soft">{c.source}</p>}
                </li>
              ))}
            </ol>
          )}
        </Card>
        <Card id="figures" title={t('figures')}>
          <Facts
            items={[
              [t('limitDirect'), limit(p.limits.direct)],
              [t('limitOnline'), limit(p.limits.online)],
              [t('verificationLimit'), limit(p.verification_limit)],
              [t('limitNote'), p.limits.note],
              [t('result'), p.result_name],
              [t('onlineLevel'), word('catalogue:online', p.online_level)],
              [t('supplementMode'), word('catalogue:mode', p.supplement_mode)],
              [t('inForce'), formatDate(p.in_force_from)],
              [t('inForceTo'), p.in_force_to && formatDate(p.in_force_to)],
              [t('decision'), p.announcing_decision],
              [t('draft:facts.ending'), p.ending_decision],
              [t('draft:facts.local'), p.local_decision],
              [t('version'), String(p.version)],
              [t('notes'), p.notes],
              [
                t('flagsLabel'),
                flags.length > 0 && (
                  <span className={css.chips}>
                    {flags.map((f) => (
                      <Chip key={f} icon="check">
                        {t(`flag.${f}`)}
                      </Chip>
                    ))}
                  </span>
                ),
              ],
            ]}
          />
        </Card>
        <Card id="fees" title={t('fees')}>
          {p.fees.length === 0 ? <p className="soft">{t('noFees')}</p> : <FeeLines fees={p.fees} />}
        </Card>
        {!open && <WorkflowCard code={p.code} version={p.version} />}
        {!open && <VersionsCard code={p.code} holds={p.version} />}
      </div>
      <p>
        <Link to={open ? '/thu-tuc' : '/catalogue'}>{t('back')}</Link>
      </p>
    </Page>
  );
}
