import type { ReactNode } from 'react';
import type { IconName } from './Icon';
import { Empty, Loading, ProblemNotice } from './Notice';
import { Pager } from './Pager';

/** A page of a list as it is fetched. */
export interface Fetched<T> {
  data: { items: T[]; next?: string | null; prev?: string | null } | undefined;
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** A list with what is said while it is fetched, when it cannot be, and when nothing is in it. */
export function Listed<T>(props: {
  list: Fetched<T>;
  /** About how many lines it will take. */
  rows?: number;
  icon?: IconName;
  none: string;
  /** To another page of it, where it has pages. */
  onGo?: (cursor: string) => void;
  children: (items: T[]) => ReactNode;
}) {
  const { list, onGo } = props;
  return (
    <>
      {list.isPending && <Loading rows={props.rows} />}
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty icon={props.icon} title={props.none} />}
      {list.data && list.data.items.length > 0 && props.children(list.data.items)}
      {onGo && <Pager next={list.data?.next} prev={list.data?.prev} onGo={onGo} />}
    </>
  );
}
