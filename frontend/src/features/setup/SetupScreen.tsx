import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setupQuery } from '@/features/account/api';
import { enterMoves } from '@/shared/ui/enterMoves';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { useSetUp } from './api';
import { DonePanel } from './DonePanel';
import { AuthoritiesSection } from './AuthoritiesSection';
import { AdministratorSection, CentreSection, CodeSection, HoursSection } from './sections';
import css from './setup.module.css';
import { emptyForm, lacks, toSetUp, type Lack, type SetupForm } from './state';

/** The first start: an empty installation becomes a centre with its first administrator. */
export function SetupScreen() {
  const { t } = useTranslation('setup');
  const setup = useQuery(setupQuery());
  const [administrator, setAdministrator] = useState<string | null>(null);
  if (administrator !== null) return <DonePanel username={administrator} />;
  if (setup.data?.needed) return <FirstStart onDone={setAdministrator} />;
  return (
    <Page title={t('title')} ownFocus={setup.isPending}>
      {setup.data ? (
        <Notice title={t('already.title')} foot={<Link to="/sign-in">{t('already.signIn')}</Link>}>
          <p>{t('already.text')}</p>
        </Notice>
      ) : setup.isError ? (
        <ProblemNotice error={setup.error} onRetry={() => void setup.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

/** A complaint is the server's own words, or what the form itself knows, said in the language of the screen. */
type Complaint = { detail: string } | { lack: Lack };

function FirstStart(props: { onDone: (administrator: string) => void }) {
  const { t } = useTranslation('setup');
  const [form, setForm] = useState(emptyForm);
  const [complaints, setComplaints] = useState<Record<string, Complaint>>({});
  const [told, setTold] = useState(0);
  const setUp = useSetUp();
  const root = useRef<HTMLFormElement>(null);

  // What is refused is where the hands should be next.
  useEffect(() => {
    if (told) root.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [told]);

  const complain = (next: Record<string, Complaint>) => {
    setComplaints(next);
    setTold((n) => n + 1);
  };

  const submit = () => {
    if (setUp.isPending) return;
    const found = Object.entries(lacks(form));
    if (found.length > 0) {
      setUp.reset();
      complain(Object.fromEntries(found.map(([at, lack]) => [at, { lack }])));
      return;
    }
    const body = toSetUp(form);
    setUp.mutate(body, {
      onSuccess: () => {
        props.onDone(body.administrator.username.toLowerCase());
        window.scrollTo(0, 0);
      },
      onError: (error) => {
        const refused = Object.entries(errorsByField(asProblem(error)));
        complain(Object.fromEntries(refused.map(([at, detail]) => [at, { detail }])));
      },
    });
  };

  /** `at`: the pointer of what is changed, whose complaint is answered by that. */
  const change = (at: string, next: (form: SetupForm) => SetupForm) => {
    setForm(next);
    setComplaints((all) =>
      Object.fromEntries(Object.entries(all).filter(([key]) => key !== at && !key.startsWith(`${at}/`))),
    );
  };

  const errors = Object.fromEntries(
    Object.entries(complaints).map(([at, c]) => [at, 'lack' in c ? t(`lack.${c.lack}`) : c.detail]),
  );
  const lacking = Object.values(complaints).some((c) => 'lack' in c);
  const part = { form, errors, change };
  return (
    <Page title={t('title')} lead={t('lead')}>
      {/* Enter and Ctrl+Enter are conveniences of the form; every control is reachable without them. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        ref={root}
        noValidate
        aria-label={t('title')}
        className={css.sections}
        onKeyDown={enterMoves}
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <CodeSection {...part} />
        <CentreSection {...part} />
        <AuthoritiesSection {...part} />
        <HoursSection {...part} />
        <AdministratorSection {...part} />
        <Card>
          <div className={css.send}>
            {lacking && <Notice tone="late" live title={t('lack.some')} />}
            {setUp.isError && (
              <ProblemNotice
                error={setUp.error}
                shown={Object.keys(errorsByField(asProblem(setUp.error))).filter(
                  (at) => at !== 'authorities',
                )}
              />
            )}
            <p>{t('send.hint')}</p>
            <Button type="submit" size="md" data-enter-stop loading={setUp.isPending}>
              {t('send.button')}
            </Button>
            <p className="small soft">{t('send.keys')}</p>
          </div>
        </Card>
      </form>
    </Page>
  );
}
