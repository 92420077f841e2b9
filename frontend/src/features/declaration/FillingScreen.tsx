import { Button } from '@mantine/core';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import draft from '@/features/draft/draft.module.css';
import { focusField } from '@/features/draft/pointers';
import { getStatus } from '@/shared/api/session';
import type { Declaration, DeclarationForm } from '@/shared/api/types';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { LeaveDialog } from '@/shared/ui/LeaveDialog';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { DropDialog } from './DropDialog';
import { partiesIn } from './filling';
import { FillingSide } from './FillingSide';
import { Lead, useBoth } from './parts';
import { ReadBackNotice } from './ReadBackNotice';
import { SectionCard } from './SectionCard';
import { useFilling } from './useFilling';

/** Fills a declaration in: cards are scanned, earlier papers looked up, the rest is typed. */
export function FillingScreen(props: { declaration: Declaration; form: DeclarationForm }) {
  const { t } = useTranslation('declaration');
  const language = useBoth();
  const navigate = useNavigate();
  const { form } = props;
  const filling = useFilling(props.declaration);
  const { seen } = filling;
  // The officer's first act in a new one is the scan.
  const [fresh] = useState(() => props.declaration.values.length === 0);
  const [dropping, setDropping] = useState(false);
  const [reading, setReading] = useState(false);
  const gone = useRef(false);
  const root = useRef<HTMLDivElement>(null);
  const notices = useRef<HTMLDivElement>(null);
  const keys = useRef<KeyFormHandle>(null);
  const parties = partiesIn(form);
  const [first] = parties.keys();

  const holds = () => filling.unsaved() && !gone.current && getStatus() === 'signed_in';
  const blocker = useBlocker({
    // Whoever goes away has left the field: what was typed is on its way.
    shouldBlockFn: async () => {
      if (!holds()) return false;
      await filling.save();
      return holds();
    },
    enableBeforeUnload: holds,
    withResolver: true,
  });

  const { problem } = filling;
  const readBack = async () => {
    if (reading) return;
    setReading(true);
    const done = await filling.readBack();
    setReading(false);
    if (!done) {
      // Where no field is to blame, what is told above is.
      notices.current?.focus();
      return keys.current?.focusFault();
    }
    void navigate({ to: '/declarations/$id/read-back', params: { id: seen.id } });
  };

  return (
    <Page title={form.title[language]} lead={<Lead declaration={seen} />} ownFocus={fresh}>
      <div ref={root} className={draft.editor}>
        <div className={draft.side}>
          <div ref={notices} tabIndex={-1} className={draft.notices}>
            {filling.theirs ? (
              <Notice
                tone="soon"
                live
                title={t('stale.title')}
                foot={
                  <>
                    <Button size="compact-md" onClick={filling.keepMine}>
                      {t('stale.keep')}
                    </Button>
                    <Button size="compact-md" variant="default" onClick={filling.takeTheirs}>
                      {t('stale.take')}
                    </Button>
                  </>
                }
              >
                <p>{t('stale.text')}</p>
              </Notice>
            ) : (
              problem !== null && <ProblemNotice error={problem} onRetry={() => void filling.save()} />
            )}
            {seen.state === 'read_back' && <ReadBackNotice id={seen.id} />}
            {seen.warnings.length > 0 && (
              <Notice tone="soon" live title={t('warnings')}>
                <ul>
                  {seen.warnings.map((warning) => (
                    <li key={warning.code + warning.vi}>{warning[language]}</li>
                  ))}
                </ul>
              </Notice>
            )}
          </div>
          <FillingSide
            filling={filling}
            form={form}
            reading={reading}
            onGo={(key) => root.current && focusField(root.current, key)}
            onReadBack={() => void readBack()}
            onDrop={() => setDropping(true)}
          />
        </div>
        <KeyForm
          ref={keys}
          label={t('fill.form')}
          className={draft.sections}
          refusal={null}
          onSend={() => void filling.save()}
        >
          {form.sections.map((section) => (
            <SectionCard
              key={section.key}
              section={section}
              party={parties.get(section.key)}
              filling={filling}
              autoFocus={fresh && section.key === first}
            />
          ))}
          <div className={draft.again}>
            <Button loading={reading} onClick={() => void readBack()}>
              {t('fill.readBack')}
            </Button>
          </div>
        </KeyForm>
      </div>
      {dropping && (
        <DropDialog
          declaration={seen}
          onClose={() => setDropping(false)}
          onDropped={() => {
            gone.current = true;
            void navigate({ to: '/declarations', search: {} });
          }}
        />
      )}
      {blocker.status === 'blocked' && (
        <LeaveDialog
          texts={{
            title: t('leave.title'),
            text: t('leave.text'),
            stay: t('leave.stay'),
            go: t('leave.go'),
          }}
          onStay={blocker.reset}
          onLeave={blocker.proceed}
        />
      )}
    </Page>
  );
}
