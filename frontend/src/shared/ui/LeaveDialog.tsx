import { Button } from '@mantine/core';
import { Dialog } from './Dialog';
import ui from './ui.module.css';

/** Somebody goes away from what is kept nowhere: staying is offered first. */
export function LeaveDialog(props: {
  texts: { title: string; text: string; stay: string; go: string };
  onStay: () => void;
  onLeave: () => void;
}) {
  const { texts } = props;
  return (
    <Dialog title={texts.title} onClose={props.onStay}>
      <p>{texts.text}</p>
      <div className={ui.dialogTools}>
        <Button onClick={props.onStay}>{texts.stay}</Button>
        <Button variant="default" onClick={props.onLeave}>
          {texts.go}
        </Button>
      </div>
    </Dialog>
  );
}
