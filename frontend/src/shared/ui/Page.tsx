import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readFrom } from './reading';
import css from './ui.module.css';

/** A page: its title (also the document's), what stands beside it, and its body. */
export function Page(props: {
  title: string;
  /** What the browser's tab shows when it must differ from the heading (never a person's name). */
  documentTitle?: string;
  lead?: ReactNode;
  aside?: ReactNode;
  /** The page puts the focus somewhere itself. */
  ownFocus?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const name = props.documentTitle ?? props.title;
  useEffect(() => {
    document.title = t('documentTitle', { page: name });
  }, [name, t]);

  // After following a link the reading position must be at the new page, not on the link that is gone.
  const ownFocus = props.ownFocus ?? false;
  useEffect(() => {
    if (!ownFocus) readFrom(heading.current);
  }, [ownFocus]);

  return (
    <div className={css.page}>
      <div className={css.pageHead}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.lead && <div className={css.pageLead}>{props.lead}</div>}
        </div>
        {props.aside}
      </div>
      {props.children}
    </div>
  );
}

export function Card(props: { title?: ReactNode; aside?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className={css.card} aria-labelledby={props.id && props.title ? `${props.id}-title` : undefined}>
      {props.title && (
        <div className={css.cardHead}>
          <h2 id={props.id ? `${props.id}-title` : undefined}>{props.title}</h2>
          {props.aside}
        </div>
      )}
      {props.children}
    </section>
  );
}

/** Name and value pairs; pairs without a value are left out. */
export function Facts({ items }: { items: [label: string, value: ReactNode][] }) {
  return (
    <dl className={css.facts}>
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
        .map(([label, value]) => (
          <FactRow key={label} label={label} value={value} />
        ))}
    </dl>
  );
}

function FactRow({ label, value }: { label: string; value: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
