import css from './centre.module.css';

/** A centre's mark as it stands on the dark head of a page: on white, so that any can be seen. */
export function Mark({ address }: { address: string }) {
  return <img className={css.mark} src={address} alt="" />;
}

/** The same, as a sample of it with words about what it is. */
export function MarkSample({ address, about }: { address: string; about: string }) {
  return (
    <figure className={css.sample}>
      <span className={css.head}>
        <Mark address={address} />
      </span>
      <figcaption>{about}</figcaption>
    </figure>
  );
}
