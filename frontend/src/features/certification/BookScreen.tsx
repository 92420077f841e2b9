import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoritiesQuery } from '@/features/catalogue/api';
import intake from '@/features/intake/intake.module.css';
import { serverNow } from '@/shared/api/session';
import { bookYears } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { bookQuery, useBookExport, type Book, type BookSearch } from './api';
import { BookTable } from './BookTable';
import css from './certification.module.css';

const symbols = { copy: 'SCT/BS', signature: 'SCT/CK' } as const;

/** A year's book of one authority and kind: read, searched, taken out. */
export function BookScreen(props: { search: BookSearch; onGo: (search: BookSearch) => void }) {
  const { t } = useTranslation(['certification', 'intake']);
  const { search, onGo } = props;
  const authorities = useQuery(authoritiesQuery()).data?.items ?? [];
  const years = bookYears(serverNow());
  const kind = search.kind ?? 'copy';
  const year = search.year ?? years[0];
  const authorityId = search.authority ?? authorities[0]?.id ?? '';
  const book: Book = { kind, authority_id: authorityId, year };
  const lines = useQuery(bookQuery(book, search.q, search.cursor));
  const out = useBookExport();
  const turn = (next: BookSearch) => {
    out.reset();
    onGo({ ...search, cursor: undefined, ...next });
  };
  return (
    <Page title={t('book.title')} lead={t('book.lead')}>
      <Card id="which" title={t('book.which')}>
        <div className={intake.fields}>
          <NativeSelect
            className={intake.third}
            label={t('intake:authority.label')}
            value={authorityId}
            onChange={(e) => turn({ authority: e.currentTarget.value })}
            data={authorities.map((a) => ({ value: a.id, label: a.name }))}
          />
          <NativeSelect
            className={intake.third}
            label={t('kind.label')}
            value={kind}
            onChange={(e) => turn({ kind: e.currentTarget.value === 'signature' ? 'signature' : undefined })}
            data={(['copy', 'signature'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
          <NativeSelect
            className={intake.third}
            label={t('book.year')}
            value={String(year)}
            onChange={(e) => turn({ year: Number(e.currentTarget.value) })}
            data={years.map((y) => ({ value: String(y), label: String(y) }))}
          />
        </div>
      </Card>
      <Card
        id="lines"
        title={t('book.list', { symbol: symbols[kind], year })}
        aside={
          <Button
            variant="default"
            leftSection={<Icon name="intake" size={16} />}
            loading={out.isPending}
            disabled={!authorityId}
            onClick={() => out.mutate(book)}
          >
            {t('book.csv')}
          </Button>
        }
      >
        <Search key={search.q ?? ''} q={search.q} onFind={(q) => turn({ q })} />
        {out.isError && <ProblemNotice error={out.error} />}
        <p role="status" className="small soft">
          {out.isSuccess ? t('book.downloaded', { name: out.data }) : t('book.csvNote')}
        </p>
        {lines.isPending && <Loading />}
        {lines.isError && <ProblemNotice error={lines.error} onRetry={() => void lines.refetch()} />}
        {lines.data?.items.length === 0 && (
          <Empty icon="register" title={search.q ? t('book.notFound') : t('book.empty')} />
        )}
        {lines.data && lines.data.items.length > 0 && <BookTable entries={lines.data.items} kind={kind} />}
        <Pager
          next={lines.data?.next}
          prev={lines.data?.prev}
          onGo={(cursor) => onGo({ ...search, cursor })}
        />
      </Card>
    </Page>
  );
}

function Search(props: { q?: string; onFind: (q?: string) => void }) {
  const { t } = useTranslation('certification');
  const [text, setText] = useState(props.q ?? '');
  return (
    <form
      role="search"
      className={css.search}
      onSubmit={(e) => {
        e.preventDefault();
        props.onFind(text.trim() || undefined);
      }}
    >
      <TextInput
        label={t('book.search')}
        description={t('book.searchHint')}
        maxLength={200}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <Button type="submit" variant="default" leftSection={<Icon name="search" size={16} />}>
        {t('book.find')}
      </Button>
    </form>
  );
}
