import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeIn } from '@/features/dossier/code';
import { timingLooks } from '@/features/deadline/standing';
import { api, unwrap } from '@/shared/api/client';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { PublicLookup } from '@/shared/api/types';
import { formatDate, formatDateTime, formatTime, formatWeekday } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Chip, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import css from './open.module.css';

/** A citizen's own dossier: its code and four digits only they and the office know. */
export function LookupScreen({ code: given }: { code?: string }) {
  const { t } = useTranslation('open');
  const [code, setCode] = useState(given ?? '');
  const [proof, setProof] = useState('');
  const lookup = useMutation({
    mutationFn: (body: { code: string; proof: string }) =>
      unwrap(api.POST('/api/v1/public/dossier-lookups', { body })),
    gcTime: 0,
  });
  const problem = lookup.isError ? asProblem(lookup.error) : null;
  const errors = errorsByField(problem);
  return (
    <Page title={t('lookup.title')} lead={t('lookup.lead')}>
      <form
        className={css.form}
        onSubmit={(e) => {
          e.preventDefault();
          lookup.mutate({ code: codeIn(code), proof: proof.trim() });
        }}
      >
        <TextInput
          required
          size="md"
          label={t('lookup.code')}
          description={t('lookup.codeHint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={code}
          error={errors.code}
          onChange={(e) => setCode(e.currentTarget.value)}
        />
        <TextInput
          required
          size="md"
          label={t('lookup.proof')}
          description={t('lookup.proofHint')}
          inputMode="numeric"
          maxLength={4}
          autoComplete="off"
          value={proof}
          error={errors.proof}
          onChange={(e) => setProof(e.currentTarget.value.replace(/\D/g, ''))}
        />
        <Button type="submit" size="md" leftSection={<Icon name="search" />} loading={lookup.isPending}>
          {t('lookup.send')}
        </Button>
      </form>
      {problem && <ProblemNotice error={problem} shown={Object.keys(errors)} />}
      <div aria-live="polite">{lookup.data && <Found found={lookup.data} />}</div>
      <p>
        <Link to="/thu-tuc">{t('lookup.procedures')}</Link>
      </p>
      <p>
        <Link to="/ket-qua-khao-sat" search={{}}>
          {t('lookup.surveyResults')}
        </Link>
      </p>
    </Page>
  );
}

function Found({ found }: { found: PublicLookup }) {
  const { t, i18n } = useTranslation('open');
  return (
    <Card id="found" title={found.code} aside={<Chip tone="accent">{found.state_label}</Chip>}>
      {found.due_at && (
        <p className={css.due}>
          {t('lookup.due')}{' '}
          <strong>
            {formatTime(found.due_at)}, {formatWeekday(found.due_at, i18n.language)}{' '}
            {formatDate(found.due_at)}
          </strong>
        </p>
      )}
      {found.continued_as && (
        <Notice tone="accent">
          {t('lookup.next', {
            authority: found.continued_as.authority_name,
            code: found.continued_as.code,
          })}
        </Notice>
      )}
      <Facts
        items={[
          [t('lookup.procedure'), found.procedure_name],
          [t('lookup.authority'), found.authority_name],
          [t('lookup.owner'), found.owner_name],
          [t('lookup.accepted'), found.accepted_at && formatDateTime(found.accepted_at)],
          [
            t('lookup.timing'),
            found.timing && <Chip {...timingLooks[found.timing]}>{t(`timing.${found.timing}`)}</Chip>,
          ],
        ]}
      />
      {found.steps.length > 0 && (
        <>
          <h3 className={css.stepsTitle}>{t('lookup.steps')}</h3>
          <ol className={css.steps}>
            {found.steps.map((step, i) => (
              <li key={`${step.at} ${i}`}>
                <span>{step.label}</span>
                <time className="small soft" dateTime={step.at}>
                  {formatDateTime(step.at)}
                </time>
              </li>
            ))}
          </ol>
        </>
      )}
    </Card>
  );
}
