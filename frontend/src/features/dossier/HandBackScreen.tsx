import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallTablet } from '@/features/survey/CallTablet';
import { asProblem } from '@/shared/api/problem';
import type { Dossier } from '@/shared/api/types';
import { useWord } from '@/shared/i18n/useWord';
import { formatDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { Failure } from './actions/ActionPanel';
import { ReturnForm } from './actions/ReturnForm';
import { dossierQuery, dossiersQuery, useDossierAction } from './api';
import { codeIn } from './code';
import css from './handback.module.css';
import { ReturnReceiptButton } from './ReturnReceiptButton';
import { StateChip } from './StateChip';

/** The results desk: scan the slip, see whose it is, hand it over. */
export function HandBackScreen() {
  const { t } = useTranslation('dossier');
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [id, setId] = useState<string | null>(null);
  const [done, setDone] = useState<Dossier | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const find = useMutation({
    mutationFn: async (text: string) => {
      const code = codeIn(text);
      const page = await queries.fetchQuery({ ...dossiersQuery({ q: code, limit: 10 }), staleTime: 0 });
      const exact = page.items.find((d) => d.code === code);
      return exact?.id ?? (page.items.length === 1 ? page.items[0]?.id : undefined) ?? null;
    },
    onSuccess: setId,
  });

  return (
    <Page title={t('handBack.title')} lead={t('handBack.lead')} ownFocus>
      <form
        className={css.scan}
        onSubmit={(e) => {
          e.preventDefault();
          setDone(null);
          if (typed.trim()) find.mutate(typed);
        }}
      >
        <TextInput
          ref={input}
          // The scanner types here as soon as the page is open.
          autoFocus
          size="md"
          label={t('handBack.code')}
          description={t('handBack.hint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          leftSection={<Icon name="search" size={16} />}
          value={typed}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={find.isPending}>
          {t('handBack.find')}
        </Button>
      </form>
      <div aria-live="polite">
        {done && (
          <Notice
            tone="good"
            title={t('handBack.done', { code: done.code ?? '' })}
            foot={
              <>
                <ReturnReceiptButton dossier={done} />
                <CallTablet dossier={done} />
              </>
            }
          />
        )}
        {find.isSuccess && find.data === null && (
          <Notice tone="soon" title={t('handBack.notFound', { code: codeIn(typed) })} />
        )}
      </div>
      {find.isError && <ProblemNotice error={find.error} />}
      {id && !done && (
        <Found
          id={id}
          onDone={(dossier) => {
            setDone(dossier);
            setId(null);
            setTyped('');
            find.reset();
            input.current?.focus();
          }}
        />
      )}
    </Page>
  );
}

function Found({ id, onDone }: { id: string; onDone: (dossier: Dossier) => void }) {
  const { t } = useTranslation('dossier');
  const query = useQuery(dossierQuery(id));
  if (query.isError) return <ProblemNotice error={query.error} />;
  if (!query.data) return null;
  return <FoundDossier key={id} dossier={query.data} onDone={onDone} title={t('handBack.collector')} />;
}

function FoundDossier(props: { dossier: Dossier; title: string; onDone: (dossier: Dossier) => void }) {
  const { t } = useTranslation('dossier');
  const { dossier } = props;
  const word = useWord();
  const action = useDossierAction(dossier);
  const allowed = dossier.allowed_actions.includes('returns');
  const why = dossier.blocked_actions.find((b) => b.action === 'returns');
  return (
    <div className={css.columns}>
      <Card
        id="found"
        title={
          <Link to="/dossiers/$id" params={{ id: dossier.id }} className="code">
            {dossier.code}
          </Link>
        }
        aside={<StateChip dossier={dossier} />}
      >
        <Facts
          items={[
            [t('party.owner'), <strong key="owner">{dossier.owner.full_name}</strong>],
            [t('party.identity'), dossier.owner.identity_number],
            [t('party.filer'), dossier.filer?.full_name],
            [t('handBack.procedure'), dossier.procedure.name],
            [t('party.authority'), dossier.authority.name],
            [
              t('outcome.result'),
              dossier.result && (
                <>
                  {t(`decision.${dossier.result.kind}`)}
                  {dossier.result.number
                    ? ` – ${t('outcome.number', { number: dossier.result.number })}`
                    : ''}
                  {dossier.result.issued_on ? `, ${formatDate(dossier.result.issued_on)}` : ''}
                  <p className="soft">{dossier.result.summary}</p>
                </>
              ),
            ],
            [t('party.delivery'), t(`delivery.${dossier.result_delivery.method}`)],
            [t('handover.payment'), word('dossier:payment', dossier.payment_state)],
          ]}
        />
      </Card>
      <Card id="collector" title={props.title}>
        {action.isError && <Failure error={action.error} dossierId={dossier.id} />}
        {allowed ? (
          <ReturnForm
            autoFocus
            dossier={dossier}
            problem={action.isError ? asProblem(action.error) : null}
            busy={action.isPending}
            onSend={(command) => action.mutate(command, { onSuccess: props.onDone })}
          />
        ) : (
          <Notice tone="soon" title={t('handBack.notYet')}>
            {why?.reason}
          </Notice>
        )}
      </Card>
    </div>
  );
}
