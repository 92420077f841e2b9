import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import type { FiledLookup, NewFiling } from '@/shared/api/types';
import { formatDate, formatDateTime } from '@/shared/ui/format';
import { FormEnd } from '@/shared/ui/FormEnd';
import { Icon } from '@/shared/ui/Icon';
import { KeyForm } from '@/shared/ui/KeyForm';
import { Chip, Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Facts, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { publishedQuery, useFile, useFiledLookup, useRate } from './api';
import css from './feedback.module.css';
import { FilerFields, filerFields, filerOf, noFiler } from './FilerFields';
import { ReceiptNotice } from './parts';
import { filings, stateTone, subjects } from './words';

/** The three public pages lead to each other. */
function Others({ here }: { here: 'file' | 'lookup' | 'published' }) {
  const { t } = useTranslation('feedback');
  return (
    <nav aria-label={t('public.others')} className={css.links}>
      {here !== 'file' && <Link to="/gop-y">{t('public.toFile')}</Link>}
      {here !== 'lookup' && <Link to="/gop-y/tra-loi">{t('public.toLookup')}</Link>}
      {here !== 'published' && <Link to="/gop-y/cong-khai">{t('public.toPublished')}</Link>}
    </nav>
  );
}

/** Files a suggestion, a complaint or a denunciation; also the page behind the QR code at a counter. */
export function FileScreen({ byQr }: { byQr: boolean }) {
  const { t } = useTranslation('feedback');
  const blank = {
    kind: 'suggestion' as NewFiling['kind'],
    subject: 'procedure' as NonNullable<NewFiling['subject']>,
    text: '',
    about: '',
    dossier: '',
  };
  const [form, setForm] = useState(blank);
  const [filer, setFiler] = useState(noFiler);
  const file = useFile();
  const problem = file.isError ? asProblem(file.error) : null;
  const errors = errorsByField(problem);
  const set = (part: Partial<typeof form>) => setForm((f) => ({ ...f, ...part }));
  const denounces = form.kind === 'denunciation';
  const send = () =>
    file.mutate(
      {
        kind: form.kind,
        by_qr: byQr,
        text: form.text,
        filer: filerOf(filer),
        ...(denounces
          ? { about: form.about.trim() }
          : { subject: form.subject, dossier_code: form.dossier.trim() || undefined }),
      },
      {
        onSuccess: () => {
          setForm(blank);
          setFiler(noFiler);
        },
      },
    );
  return (
    <Page title={t('public.title')} lead={t('public.lead')}>
      <Others here="file" />
      {file.data && <ReceiptNotice receipt={file.data} own />}
      <Card id="file" title={t('public.form')}>
        <KeyForm label={t('public.form')} className={css.form} refusal={file.error} onSend={send}>
          <div className={css.wide}>
            <Radio.Group
              label={t('public.kind')}
              value={form.kind}
              onChange={(value) => set({ kind: value })}
            >
              <div className={css.choices}>
                {filings.map((kind) => (
                  <Radio
                    key={kind}
                    value={kind}
                    label={t(`filings.${kind}`)}
                    description={t(`public.about.${kind}`)}
                  />
                ))}
              </div>
            </Radio.Group>
          </div>
          {denounces ? (
            <TextInput
              required
              className={css.wide}
              label={t('denunciations.about')}
              maxLength={300}
              value={form.about}
              error={errors.about}
              onChange={(e) => set({ about: e.currentTarget.value })}
            />
          ) : (
            <>
              <NativeSelect
                label={t('new.subject')}
                value={form.subject}
                onChange={(e) => set({ subject: e.currentTarget.value as typeof form.subject })}
                data={subjects.map((value) => ({ value, label: t(`subjects.${value}`) }))}
              />
              <TextInput
                label={t('public.dossier')}
                maxLength={64}
                spellCheck={false}
                value={form.dossier}
                error={errors.dossier_code}
                onChange={(e) => set({ dossier: e.currentTarget.value })}
              />
            </>
          )}
          <Textarea
            required
            className={css.wide}
            label={t('public.text')}
            autosize
            minRows={5}
            maxLength={10_000}
            value={form.text}
            error={errors.text}
            onChange={(e) => set({ text: e.currentTarget.value })}
          />
          <FilerFields form={filer} errors={errors} onChange={setFiler} />
          <p className={`${css.wide} small soft`}>{t('public.privacy')}</p>
          <FormEnd
            problem={problem}
            shown={[...filerFields, 'text', 'about', 'dossier_code']}
            busy={file.isPending}
            send={t('public.send')}
          />
        </KeyForm>
      </Card>
    </Page>
  );
}

/** What one filed: its code and the secret that was told once. */
export function FiledLookupScreen() {
  const { t } = useTranslation('feedback');
  const [code, setCode] = useState('');
  const [secret, setSecret] = useState('');
  const lookup = useFiledLookup();
  const problem = lookup.isError ? asProblem(lookup.error) : null;
  const errors = errorsByField(problem);
  return (
    <Page title={t('lookup.title')} lead={t('lookup.lead')}>
      <Others here="lookup" />
      <Card id="lookup" title={t('lookup.form')}>
        <KeyForm
          label={t('lookup.form')}
          className={css.form}
          refusal={lookup.error}
          onSend={() => lookup.mutate({ code: code.trim(), secret: secret.trim() })}
        >
          <TextInput
            required
            label={t('receipt.code')}
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={64}
            value={code}
            error={errors.code}
            onChange={(e) => setCode(e.currentTarget.value)}
          />
          <TextInput
            required
            label={t('receipt.secret')}
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={64}
            value={secret}
            error={errors.secret}
            onChange={(e) => setSecret(e.currentTarget.value)}
          />
          {problem && (
            <div className={css.wide}>
              <ProblemNotice error={problem} shown={['code', 'secret']} />
            </div>
          )}
          <div className={css.wide}>
            <Button type="submit" leftSection={<Icon name="search" />} loading={lookup.isPending}>
              {t('lookup.send')}
            </Button>
          </div>
        </KeyForm>
      </Card>
      <div aria-live="polite">
        {lookup.data && <FoundCard key={lookup.data.code} found={lookup.data} secret={secret} />}
      </div>
    </Page>
  );
}

function FoundCard({ found: first, secret }: { found: FiledLookup; secret: string }) {
  const { t } = useTranslation('feedback');
  const rate = useRate();
  const [chosen, setChosen] = useState('');
  const found = rate.data ?? first;
  const problem = rate.isError ? asProblem(rate.error) : null;
  return (
    <Card
      id="found"
      title={found.code}
      aside={<Chip tone={stateTone[found.state]}>{t(`filedStates.${found.state}`)}</Chip>}
    >
      <div className={css.stack}>
        <Facts
          items={[
            [t('list.kind'), t(`filings.${found.kind}`)],
            [t('item.receivedAt'), formatDateTime(found.received_at)],
            [t('item.due'), found.due_on && formatDate(found.due_on)],
            [t('item.forwardedTo'), found.forwarded_to],
            [t('item.satisfaction'), found.satisfaction && t(`satisfaction.${found.satisfaction as 1}`)],
          ]}
        />
        {found.answer && (
          <>
            <h3>{t('item.answer')}</h3>
            <p className={css.said}>{found.answer}</p>
          </>
        )}
        {rate.isSuccess && <Notice tone="good" live title={t('lookup.rated')} />}
        {found.may_rate && (
          <form
            className={css.stack}
            aria-label={t('lookup.rate')}
            onSubmit={(e) => {
              e.preventDefault();
              if (chosen)
                rate.mutate({ code: found.code, secret: secret.trim(), satisfaction: Number(chosen) });
            }}
          >
            <Radio.Group label={t('lookup.rate')} value={chosen} onChange={setChosen}>
              <div className={css.choices}>
                {([5, 4, 3, 2, 1] as const).map((n) => (
                  <Radio key={n} value={String(n)} label={t(`satisfaction.${n}`)} />
                ))}
              </div>
            </Radio.Group>
            {problem && <ProblemNotice error={problem} />}
            <div>
              <Button type="submit" variant="default" disabled={!chosen} loading={rate.isPending}>
                {t('lookup.sendRating')}
              </Button>
            </div>
          </form>
        )}
      </div>
    </Card>
  );
}

/** What people suggested and what was answered, in words that name nobody. */
export function PublishedScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('feedback');
  const list = useQuery(publishedQuery(props.cursor));
  return (
    <Page title={t('published.title')} lead={t('published.lead')}>
      <Others here="published" />
      {list.isPending && <Loading />}
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty icon="send" title={t('published.none')} />}
      <ul className={css.published}>
        {list.data?.items.map((item) => (
          <li key={item.code}>
            <Card id={`p-${item.code.replaceAll('.', '-')}`} title={item.code}>
              <div className={css.stack}>
                <p className="small soft">
                  {t(`subjects.${item.subject}`)} ·{' '}
                  {t('published.received', { date: formatDate(item.received_on) })}
                </p>
                <div>
                  <h3>{t('published.said')}</h3>
                  <p className={css.said}>{item.summary}</p>
                </div>
                <div>
                  <h3>{t('published.answered')}</h3>
                  <p className={css.said}>{item.answer}</p>
                </div>
              </div>
            </Card>
          </li>
        ))}
      </ul>
      <Pager next={list.data?.next} prev={list.data?.prev} onGo={props.onGo} />
    </Page>
  );
}
