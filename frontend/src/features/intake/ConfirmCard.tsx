import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorsByField, type ApiProblem } from '@/shared/api/problem';
import { ProblemNotice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { DuplicateNotice } from './DuplicateNotice';
import css from './intake.module.css';
import { PromisePanel } from './PromisePanel';
import type { PartProps } from './sections';

/** Complaints that are shown beside their fields; the notice lists the others. */
const SHOWN_BESIDE =
  /^(owner|filer|result_delivery)\/\w+$|^on_the_spot\/(signer_user_id|result_number)$|^(procedure_code|authority_id|channel|copies_count|note|components)$/;

/** The promise beside the form, the button that makes it, and the one that puts it off. */
export function ConfirmCard(
  props: PartProps & {
    busy: boolean;
    keeping: boolean;
    problem: ApiProblem | null;
    /** What stands in the way of the draft in the form, in place of the bare refusal. */
    notice: ReactNode;
    onKeep: () => void;
  },
) {
  const { t } = useTranslation('intake');
  const { form } = props;
  return (
    <aside className={css.confirm} aria-label={t('promise.title')}>
      <Card id="promise" title={t('promise.title')}>
        <PromisePanel procedure={props.procedure} channel={form.channel} />
        <div className={css.send}>
          <DuplicateNotice form={form} />
          {props.notice}
          {!props.notice && props.problem && (
            <ProblemNotice
              error={props.problem}
              shown={Object.keys(errorsByField(props.problem)).filter((f) => SHOWN_BESIDE.test(f))}
            />
          )}
          <Button type="submit" size="md" fullWidth loading={props.busy}>
            {form.checkOnly ? t('send.check') : form.onTheSpot ? t('send.onTheSpot') : t('send.accept')}
          </Button>
          <Button
            variant="default"
            fullWidth
            disabled={!form.procedureCode}
            loading={props.keeping}
            onClick={props.onKeep}
          >
            {t('send.keep')}
          </Button>
          <p className="small soft">{t('send.keys')}</p>
        </div>
      </Card>
    </aside>
  );
}
