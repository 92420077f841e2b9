import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import { Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { draftQuery } from './api';
import { Editor } from './Editor';

export function EditorScreen({ id }: { id: string }) {
  const { t } = useTranslation('draft');
  const draft = useQuery(draftQuery(id));
  if (draft.data) return <Editor key={id} draft={draft.data} />;
  return (
    <Page title={t('editor.state')} ownFocus={draft.isPending}>
      {!draft.isError ? (
        <Loading rows={8} />
      ) : asProblem(draft.error).status === 404 ? (
        <Notice
          title={t('gone')}
          foot={
            <Link to="/catalogue-drafts" search={{}}>
              {t('drafts.back')}
            </Link>
          }
        />
      ) : (
        <ProblemNotice error={draft.error} onRetry={() => void draft.refetch()} />
      )}
    </Page>
  );
}
