import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '@/shared/api/problem';
import { Notice, ProblemNotice } from '@/shared/ui/Notice';
import type { Draft } from './types';

/** What stands in the way: somebody else has saved or published, or the server has refused. */
export function EditorNotices(props: {
  draft: Draft;
  problem: ApiProblem | null;
  /** Fields whose complaints stand beside them. */
  shown: string[];
  onKeep: () => void;
  onTake: () => void;
  onRebase: () => void;
  rebasing: boolean;
}) {
  const { t } = useTranslation('draft');
  const { draft, problem } = props;
  const { base_version: base, newest_version: newest } = draft;
  return (
    <>
      {problem?.stale ? (
        <Notice
          tone="soon"
          live
          title={t('stale.title')}
          foot={
            <>
              <Button size="compact-md" onClick={props.onKeep}>
                {t('stale.keep')}
              </Button>
              <Button size="compact-md" variant="default" onClick={props.onTake}>
                {t('stale.take')}
              </Button>
            </>
          }
        >
          <p>{t('stale.text')}</p>
        </Notice>
      ) : problem?.status === 404 ? (
        <Notice
          tone="soon"
          live
          title={t('gone')}
          foot={
            <Link to="/catalogue-drafts" search={{}}>
              {t('drafts.back')}
            </Link>
          }
        />
      ) : (
        // Faults are told in the list of them, and an outdated draft below.
        problem &&
        problem.code !== 'draft_faulty' &&
        problem.code !== 'draft_outdated' && <ProblemNotice error={problem} shown={props.shown} />
      )}
      {base !== newest && (
        <Notice
          tone="soon"
          title={t('outdated.title', { newest, base })}
          foot={
            <>
              {base > 0 && (
                <Link
                  to="/catalogue/$code/compare"
                  params={{ code: draft.procedure.code }}
                  search={{ from: base, to: newest }}
                >
                  {t('outdated.compare', { newest, base })}
                </Link>
              )}
              <Button size="compact-md" variant="default" loading={props.rebasing} onClick={props.onRebase}>
                {t('outdated.rebase', { newest })}
              </Button>
            </>
          }
        >
          <p>{t('outdated.text')}</p>
        </Notice>
      )}
    </>
  );
}
