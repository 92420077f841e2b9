import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DossierFile } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/Dialog';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Chip, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Facts } from '@/shared/ui/Page';
import { fileSignatures } from './api';
import css from './file.module.css';

type Signatures = Awaited<ReturnType<typeof fileSignatures>>;

/** Asks what the signatures of a document say, and tells it in plain words. */
export function SignaturesButton({ dossier, file }: { dossier: string; file: DossierFile }) {
  const { t } = useTranslation('file');
  const opener = useRef<HTMLButtonElement>(null);
  const asked = useMutation({ mutationFn: () => fileSignatures(dossier, file.id) });
  return (
    <>
      <Button
        ref={opener}
        size="compact-md"
        variant="default"
        leftSection={<Icon name="sign" size={16} />}
        aria-label={t('signature.lookOf', { name: file.name })}
        loading={asked.isPending}
        onClick={() => asked.mutate()}
      >
        {t('signature.look')}
      </Button>
      {asked.isError && <ProblemNotice error={asked.error} />}
      {asked.isSuccess && (
        <Dialog wide title={t('signature.title', { name: file.name })} opener={opener} onClose={asked.reset}>
          <Told of={asked.data} />
        </Dialog>
      )}
    </>
  );
}

function Told({ of }: { of: Signatures }) {
  const { t } = useTranslation('file');
  return (
    <div className={css.form}>
      {of.fault && <Notice tone="late">{t(`signature.fault.${of.fault}`)}</Notice>}
      {!of.fault && of.items.length === 0 && <p>{t('signature.none')}</p>}
      {of.items.length > 0 && (
        <Notice tone={of.accepted ? 'good' : 'late'}>
          {t(of.accepted ? 'signature.accepted' : 'signature.refused')}
        </Notice>
      )}
      {of.items.length > 0 && of.roots === 0 && <p>{t('signature.noRoots')}</p>}
      {of.items.map((item, i) => (
        <section key={i} className={css.paper}>
          <div className={css.head}>
            <h3>{`${t('signature.one', { n: i + 1 })} · ${t(`signature.kind.${item.kind}`)}`}</h3>
            <Chip tone={item.accepted ? 'good' : 'late'} icon={item.accepted ? 'check' : 'cross'}>
              {t(item.accepted ? 'signature.good' : 'signature.bad')}
            </Chip>
          </div>
          <Facts items={facts(item, t)} />
        </section>
      ))}
      <p className="small soft">{t('signature.checkedAt', { at: formatDateTime(of.checked_at) })}</p>
    </div>
  );
}

function facts(
  item: Signatures['items'][number],
  t: ReturnType<typeof useTranslation<'file'>>['t'],
): [string, string][] {
  const time = t(`signature.time.${item.time}`);
  const signer = item.signer;
  return [
    [t('signature.signer'), signer?.name ?? signer?.subject ?? t('signature.unknownSigner')],
    [t('signature.content'), t(`signature.integrity.${item.integrity}`)],
    [t('signature.vouched'), t(`signature.chain.${item.chain}`)],
    [t('signature.revoked'), t(`signature.revocation.${item.revocation}`)],
    [t('signature.later'), t(`signature.later_changes.${item.later_changes}`)],
    [
      t('signature.signedAt'),
      item.signed_at ? `${formatDateTime(item.signed_at)} (${time.toLocaleLowerCase()})` : time,
    ],
    ...(signer
      ? ([
          [t('signature.issuer'), signer.issuer],
          [t('signature.serial'), signer.serial],
          [
            t('signature.valid'),
            t('signature.validFromTo', {
              from: formatDate(signer.not_before),
              to: formatDate(signer.not_after),
            }),
          ],
        ] satisfies [string, string][])
      : []),
    ...(item.not_checked.length > 0
      ? ([
          [
            t('signature.notChecked'),
            item.not_checked.map((n) => t(`signature.not_checked.${n}`)).join('; '),
          ],
        ] satisfies [string, string][])
      : []),
  ];
}
