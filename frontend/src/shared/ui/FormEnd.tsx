import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApiProblem } from '@/shared/api/problem';
import { ProblemNotice } from './Notice';
import ui from './ui.module.css';

/** The end of a form: what was refused that stands beside no field, and the button that sends it. */
export function FormEnd(props: {
  problem: ApiProblem | null;
  /** The fields that say what is wrong with them themselves. */
  shown: string[];
  busy: boolean;
  quiet?: boolean;
  disabled?: boolean;
  /** What stands on the button. */
  send: string;
  /** What else may be done than sending it. */
  children?: ReactNode;
}) {
  const { problem } = props;
  return (
    <>
      {problem && (
        <div className={ui.whole}>
          <ProblemNotice error={problem} shown={props.shown} />
        </div>
      )}
      <div className={`${ui.whole} ${ui.formTools}`}>
        <Button
          type="submit"
          variant={props.quiet ? 'default' : 'filled'}
          disabled={props.disabled}
          loading={props.busy}
        >
          {props.send}
        </Button>
        {props.children}
      </div>
    </>
  );
}
