import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Page } from '@/shared/ui/Page';
import { declarationQuery, formQuery } from './api';
import { FillingScreen } from './FillingScreen';
import { ReadScreen } from './ReadScreen';
import { mayWrite } from './words';

/** One declaration: filled in until it is signed, and only read afterwards. */
export function DeclarationScreen({ id }: { id: string }) {
  const { t } = useTranslation('declaration');
  const me = useQuery(meQuery()).data;
  // Meanwhile the citizen may have corrected it at the other screen.
  const found = useQuery({ ...declarationQuery(id), refetchOnWindowFocus: 'always' });
  const declaration = found.data;
  const form = useQuery({ ...formQuery(declaration?.form_code ?? ''), enabled: Boolean(declaration) });
  if (declaration && form.data && me)
    return declaration.state === 'signed' || !mayWrite(me) ? (
      <ReadScreen declaration={declaration} form={form.data.form} />
    ) : (
      <FillingScreen declaration={declaration} form={form.data.form} />
    );
  const error = found.error ?? form.error;
  return (
    <Page title={t('one.title')}>
      {error ? (
        <ProblemNotice
          error={error}
          onRetry={() => void (found.isError ? found.refetch() : form.refetch())}
        />
      ) : (
        <Loading rows={8} />
      )}
    </Page>
  );
}
