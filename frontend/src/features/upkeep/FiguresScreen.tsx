import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '@/features/account/api';
import { asProblem } from '@/shared/api/problem';
import { useWord } from '@/shared/i18n/useWord';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { Pager } from '@/shared/ui/Pager';
import { figuresQuery, useConfirm, type Confirm } from './api';
import { BackLink } from './BackLink';
import { FigureRow } from './FigureRow';
import { nameOf } from './figures';
import { TakesFocus } from './TakesFocus';
import css from './upkeep.module.css';

/** What came of a confirmation, told where the figure stood: it may have left the list. */
interface Told {
  at: number;
  code: string;
  figure: string;
  error: unknown;
}

/** Figures that nobody has read in the law yet; an administrator confirms them with their source. */
export function FiguresScreen(props: { cursor?: string; onGo: (cursor: string) => void }) {
  const { t } = useTranslation('upkeep');
  const word = useWord();
  const list = useQuery(figuresQuery(props.cursor));
  const me = useQuery(meQuery()).data;
  const mayConfirm = me?.roles.some((r) => r.role === 'admin') ?? false;
  const confirm = useConfirm();
  const [open, setOpen] = useState<string | null>(null);
  const [told, setTold] = useState<Told | null>(null);

  const send = (figure: Confirm, kind: string, at: number) => {
    const told = {
      at,
      code: figure.code,
      figure: word('upkeep:figures.figure', nameOf({ kind, path: figure.body.path })),
    };
    setTold(null);
    confirm.mutate(figure, {
      onSuccess: () => {
        setOpen(null);
        setTold({ ...told, error: null });
      },
      // Any other complaint is told in the form.
      onError: (error) => {
        if (!asProblem(error).stale) return;
        setOpen(null);
        setTold({ ...told, error });
      },
    });
  };

  const items = list.data?.items ?? [];
  const message = told && (
    <TakesFocus key={`${told.code} ${told.figure}`}>
      {told.error ? (
        <ProblemNotice error={told.error} />
      ) : (
        <Notice tone="good" live title={t('figures.done', { figure: told.figure, code: told.code })} />
      )}
    </TakesFocus>
  );
  return (
    <Page title={t('figures.title')} lead={t('figures.lead')}>
      {mayConfirm && <Notice>{t('figures.adminHint')}</Notice>}
      <Card id="figures-list" title={t('figures.list')}>
        {list.isPending && <Loading rows={8} />}
        {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && items.length === 0 && (
          <>
            {message}
            <Empty icon="check" title={t('figures.none')} />
          </>
        )}
        {items.map((item, i) => (
          <Fragment key={item.code}>
            {told && i === Math.min(told.at, items.length - 1) && message}
            <section className={css.procedure} aria-labelledby={`p-${item.code}`}>
              <h3 id={`p-${item.code}`}>
                <Link to="/catalogue/$code" params={{ code: item.code }}>
                  {item.name}
                </Link>{' '}
                <span className="small soft code">{item.code}</span>
              </h3>
              <ul className="plain">
                {item.figures.map((figure) => {
                  const key = `${item.code}${figure.path}`;
                  return (
                    <FigureRow
                      key={figure.path}
                      code={item.code}
                      figure={figure}
                      mayConfirm={mayConfirm}
                      open={open === key}
                      confirming={confirm}
                      onOpen={(wanted) => {
                        confirm.reset();
                        setTold(null);
                        setOpen(wanted ? key : null);
                      }}
                      onConfirm={(body) =>
                        send({ code: item.code, version: item.version, body }, figure.kind, i)
                      }
                    />
                  );
                })}
              </ul>
            </section>
          </Fragment>
        ))}
        <Pager
          next={list.data?.next}
          prev={list.data?.prev}
          onGo={(cursor) => {
            setOpen(null);
            setTold(null);
            props.onGo(cursor);
          }}
        />
      </Card>
      <BackLink />
    </Page>
  );
}
