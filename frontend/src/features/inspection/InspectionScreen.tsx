import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '@/shared/api/download';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { Inspection } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { inspectionQuery, useEndInspection, wholeRecord } from './api';
import { ConclusionForm } from './ConclusionForm';
import { DrawForm } from './DrawForm';
import { FindingsOfCard } from './FindingsOfCard';
import css from './inspection.module.css';
import { AccessChip, AccessText, Said } from './parts';
import { SamplesCard } from './SamplesCard';

/** One inspection: what is looked at and by whom, what was drawn, what was found, and what it came to. */
export function InspectionScreen({ id }: { id: string }) {
  const { t } = useTranslation('inspection');
  const found = useQuery(inspectionQuery(id));
  const one = found.data;
  return (
    <Page
      title={one ? t('one.byDecision', { number: one.decision_number }) : t('one.title')}
      lead={one && t(`kinds.${one.kind}`)}
    >
      <p>
        <Link to="/inspections" search={{}}>
          {t('one.back')}
        </Link>
      </p>
      {found.isPending && <Loading rows={8} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {one && (
        <>
          <WhatCard inspection={one} />
          {one.conclusion && <ConcludedCard inspection={one} conclusion={one.conclusion} />}
          <TeamCard inspection={one} />
          <SamplesCard inspection={one} />
          {one.may_look && <DrawForm inspection={one} />}
          <FindingsOfCard inspection={one} />
          {one.may_look && <RecordCard inspection={one} />}
          {one.may_conclude && <ConclusionForm inspection={one} />}
        </>
      )}
    </Page>
  );
}

function WhatCard({ inspection: one }: { inspection: Inspection }) {
  const { t } = useTranslation('inspection');
  const [ending, setEnding] = useState(false);
  return (
    <Card id="what" title={t('one.what')} aside={<AccessChip inspection={one} />}>
      <div className={css.stack}>
        <Said>{one.subject}</Said>
        <p>
          <AccessText inspection={one} />
        </p>
        <Facts
          items={[
            [
              t('one.decided'),
              t('one.decidedBy', {
                number: one.decision_number,
                on: formatDate(one.decision_on),
                by: one.decided_by,
              }),
            ],
            [
              t('one.scope'),
              <div key="scope">
                {one.whole_centre && <p>{t('one.whole')}</p>}
                <ul className={css.list} lang="vi">
                  {one.authorities.map((authority) => (
                    <li key={authority.id}>{authority.name}</li>
                  ))}
                </ul>
              </div>,
            ],
            [
              t('one.period'),
              t('one.days', { from: formatDate(one.period_from), to: formatDate(one.period_to) }),
            ],
            [
              t('one.access'),
              t('one.days', { from: formatDate(one.access_from), to: formatDate(one.access_to) }),
            ],
            [
              t('one.opened'),
              t('one.by', { at: formatDateTime(one.opened_at), who: one.opened_by.full_name }),
            ],
            [
              t('ending.title'),
              one.ending && (
                <div key="ending">
                  <Said>{one.ending.reason}</Said>
                  {one.ending.by && one.ending.at && (
                    <p className="small soft">
                      {t('ending.by', { who: one.ending.by.full_name, at: formatDateTime(one.ending.at) })}
                    </p>
                  )}
                </div>
              ),
            ],
          ]}
        />
        <div className={css.tools}>
          {one.may_look && (
            <Link to="/inspections/$id/dossiers" params={{ id: one.id }} search={{}}>
              {t('one.dossiers')}
            </Link>
          )}
          {one.may_end && (
            <Button size="compact-md" variant="default" onClick={() => setEnding(true)}>
              {t('ending.open')}
            </Button>
          )}
        </div>
      </div>
      {ending && <EndDialog inspection={one} onClose={() => setEnding(false)} />}
    </Card>
  );
}

function EndDialog({ inspection, onClose }: { inspection: Inspection; onClose: () => void }) {
  const { t } = useTranslation(['inspection', 'common']);
  const [reason, setReason] = useState('');
  const end = useEndInspection(inspection.id, inspection.version);
  const problem = end.isError ? asProblem(end.error) : null;
  const errors = errorsByField(problem);
  return (
    <Dialog title={t('ending.ask')} onClose={onClose}>
      <KeyForm
        label={t('ending.ask')}
        className={css.stack}
        refusal={end.error}
        onSend={() => end.mutate(reason.trim(), { onSuccess: onClose })}
      >
        <Notice tone="soon">{t('ending.warn')}</Notice>
        <Textarea
          required
          data-autofocus
          name="reason"
          label={t('ending.reason')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          error={errors.reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        {problem && <ProblemNotice error={problem} shown={['reason']} />}
        <div className={ui.dialogTools}>
          <Button type="submit" loading={end.isPending}>
            {t('ending.send')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}

function ConcludedCard(props: { inspection: Inspection; conclusion: NonNullable<Inspection['conclusion']> }) {
  const { t } = useTranslation('inspection');
  const { conclusion } = props;
  return (
    <Card id="conclusion" title={t('conclusion.title')}>
      <div className={css.stack}>
        <p>{t('conclusion.of', { number: conclusion.number, on: formatDate(conclusion.concluded_on) })}</p>
        <Said>{conclusion.text}</Said>
        {conclusion.by && conclusion.at && (
          <p className="small soft">
            {t('ending.by', { who: conclusion.by.full_name, at: formatDateTime(conclusion.at) })}
          </p>
        )}
      </div>
    </Card>
  );
}

function TeamCard({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('inspection');
  return (
    <Card id="team" title={t('one.team')}>
      <div className={css.stack}>
        {inspection.member && <p>{t('one.you')}</p>}
        <ul className={css.list}>
          {inspection.members.map(({ person, head }) => (
            <li key={person.id}>
              {person.full_name} <span className="soft">– {t(head ? 'one.head' : 'one.member')}</span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

/** The record of the period, as one file for whoever verifies it without this program. */
function RecordCard({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation('inspection');
  const taken = useMutation({
    mutationFn: async () => {
      const record = await wholeRecord(inspection.id);
      const file = new Blob([JSON.stringify(record, null, 1)], { type: 'application/json' });
      const number = inspection.decision_number.replace(/[^\p{L}\p{N}]+/gu, '-');
      download(file, new Headers(), `nhat-ky-kiem-tra-${number}.json`);
      // Only how much it was is kept: it may be long.
      return { links: record.links.length, entries: record.links.filter((link) => link.entry).length };
    },
    gcTime: 0,
  });
  return (
    <Card id="record" title={t('record.title')}>
      <div className={css.stack}>
        <p className="soft">{t('record.lead')}</p>
        <div>
          <Button
            variant="default"
            leftSection={<Icon name="down" size={16} />}
            loading={taken.isPending}
            onClick={() => taken.mutate()}
          >
            {t('record.take')}
          </Button>
        </div>
        {taken.isError && <ProblemNotice error={taken.error} />}
        {taken.data && <Notice tone="good" live title={t('record.done', taken.data)} />}
      </div>
    </Card>
  );
}
