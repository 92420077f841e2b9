import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/**
 * A question that must be answered before going on. Its head is no landmark: the page has one banner already.
 * It is there only while it is asked; the focus then goes back to where it came from.
 */
export function Dialog(props: {
  title: ReactNode;
  /** Much is asked at once. */
  wide?: boolean;
  /** What it was opened by, where that cannot keep the focus until it opens: a button is disabled while it waits. */
  opener?: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const [before] = useState(() => document.activeElement);
  const { opener } = props;
  useEffect(
    () => () => {
      const back = opener?.current ?? before;
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
    },
    [before, opener],
  );
  return (
    <Modal.Root opened size={props.wide ? 'xl' : undefined} onClose={props.onClose}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header role="presentation">
          {/* The library sets titles solid: no room for marks above and below letters. */}
          <Modal.Title lh={1.35}>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={t('close')} />
        </Modal.Header>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
