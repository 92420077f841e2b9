import { useEffect, useRef, type ReactNode } from 'react';
import { Icon, type IconName } from '@/shared/ui/Icon';
import css from './kiosk.module.css';

/** How somebody's round ended. */
export type RoundEnd = 'thanks' | 'lost' | 'over' | 'full';

/** A few words with the screen to themselves. */
export function Told(props: {
  icon: IconName;
  title: string;
  good?: boolean;
  /** It came in the place of something that had the focus. */
  focus?: boolean;
  children?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { focus } = props;
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [focus]);
  return (
    <div className={css.told} data-good={props.good || undefined}>
      <Icon name={props.icon} size={96} />
      <h1 ref={heading} tabIndex={-1}>
        {props.title}
      </h1>
      <div aria-live="polite">{props.children}</div>
    </div>
  );
}
