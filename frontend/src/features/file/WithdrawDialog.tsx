import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { DossierFile } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { KeyForm } from '@/shared/ui/KeyForm';
import { ProblemNotice } from '@/shared/ui/Notice';
import { useWithdrawFile } from './api';
import css from './file.module.css';

/** Withdraws a file, and says why. */
export function WithdrawDialog(props: { dossier: string; file: DossierFile; onClose: () => void }) {
  const { t } = useTranslation(['file', 'common']);
  const { file } = props;
  const [reason, setReason] = useState('');
  const withdraw = useWithdrawFile(props.dossier);
  const problem = withdraw.isError ? asProblem(withdraw.error) : null;
  const refused = errorsByField(problem);
  const title = t('withdrawTitle', { name: file.name });
  return (
    <Dialog title={title} onClose={props.onClose}>
      <KeyForm
        label={title}
        className={css.form}
        refusal={withdraw.error}
        onSend={() => {
          if (!withdraw.isPending) {
            withdraw.mutate({ file: file.id, reason: reason.trim() }, { onSuccess: props.onClose });
          }
        }}
      >
        <p className="soft">{t('withdrawLead')}</p>
        <TextInput
          required
          data-autofocus
          label={t('reason')}
          name="reason"
          maxLength={500}
          value={reason}
          error={refused.reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        {problem && <ProblemNotice error={problem} shown={['reason']} />}
        <div className={css.buttons}>
          <Button type="submit" loading={withdraw.isPending}>
            {t('withdrawYes')}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
        </div>
      </KeyForm>
    </Dialog>
  );
}
