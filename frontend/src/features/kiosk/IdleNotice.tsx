import { Icon } from '@/shared/ui/Icon';
import css from './kiosk.module.css';

/** The last seconds of whoever seems to have gone, before everybody's eyes. */
export function IdleNotice(props: {
  left: number | null;
  texts: { soon: string; stay: string };
  onStay: () => void;
}) {
  const { left, texts } = props;
  return (
    <div role="alert">
      {left !== null && (
        <div className={css.idle} data-idle>
          <Icon name="clock" size={32} />
          <p>
            {texts.soon} <strong aria-hidden="true">{left}</strong>
          </p>
          <button
            type="button"
            className={css.quiet}
            // The button goes as soon as it is pressed: reading goes on at the question.
            onClick={() => {
              props.onStay();
              document.querySelector('h1')?.focus();
            }}
          >
            {texts.stay}
          </button>
        </div>
      )}
    </div>
  );
}
