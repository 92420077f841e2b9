import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, BoardPart, Desk, Me } from '@/shared/api/types';
import { capital, formatDateTime } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Empty, Loading, Notice, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import { AlarmsCard } from './AlarmsCard';
import { useBoard } from './api';
import { countsOf, isOld, listBehind, parts, rowsOf, type Part } from './board';
import { CountTable } from './CountTable';
import { DigestsCard } from './DigestsCard';
import { RulesCard } from './RulesCard';
import { Tiles } from './Tiles';
import { useNow } from './useNow';
import { enterFullscreen } from './fullscreen';

/** The morning's screen of whoever answers for dates: what needs attention, where, at whom, and since when. */
export function BoardScreen({ me, onWall }: { me: Me; onWall: () => void }) {
  const { t } = useTranslation('watch');
  const board = useBoard();
  const may = (permission: string) => me.permissions.includes(permission);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      aside={
        <Button
          variant="default"
          leftSection={<Icon name="eye" />}
          onClick={() => {
            enterFullscreen();
            onWall();
          }}
        >
          {t('wall.open')}
        </Button>
      }
    >
      {board.data ? (
        <Numbers board={board.data} failed={board.isError} onRetry={() => void board.refetch()} />
      ) : board.isError ? (
        <ProblemNotice error={board.error} onRetry={() => void board.refetch()} />
      ) : (
        <Loading rows={8} />
      )}
      <AlarmsCard />
      {may('deadlines.simulate') && <DigestsCard />}
      {may('calendar.manage') && <RulesCard />}
    </Page>
  );
}

function Numbers(props: { board: Board; failed: boolean; onRetry: () => void }) {
  const { t } = useTranslation(['watch', 'common']);
  const { board } = props;
  const now = useNow();
  const counts = countsOf(board.total);
  const at = formatDateTime(board.at);
  return (
    <>
      {isOld(board, props.failed, now) ? (
        <Notice
          tone="soon"
          live
          title={t('stale', { at })}
          foot={
            <Button size="compact-md" variant="default" onClick={props.onRetry}>
              {t('common:retry')}
            </Button>
          }
        />
      ) : (
        <p className="small soft">{t('counted', { at })}</p>
      )}
      {board.capped && <Notice tone="soon">{t('capped')}</Notice>}
      <Tiles counts={counts} />
      {Object.keys(counts).length === 0 ? (
        <Empty icon="check" title={t('none')} />
      ) : (
        parts.map((part) => <PartCard key={part} part={part} found={board[part]} />)
      )}
    </>
  );
}

/** How many rows stand there before the rest is asked for. */
const FEW = 12;

function PartCard({ part, found }: { part: Part; found: BoardPart[] }) {
  const { t } = useTranslation(['watch', 'dossier']);
  const [all, setAll] = useState(false);
  const nameOf = ({ key, name }: BoardPart) =>
    part === 'desks' ? capital(t(`dossier:desk.${key as Desk}`)) : (name ?? t('nobody'));
  const rows = rowsOf(found, nameOf);
  if (rows.length === 0) return null;
  return (
    <Card id={`by-${part}`} title={t(`by.${part}`)}>
      <CountTable
        label={t(`by.${part}`)}
        head={t(`head.${part}`)}
        rows={all ? rows : rows.slice(0, FEW)}
        listOf={(concern, row) => listBehind(concern, { part, key: row.key })}
      />
      {rows.length > FEW && (
        <Button mt="sm" variant="default" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('less') : t('more', { count: rows.length })}
        </Button>
      )}
    </Card>
  );
}
