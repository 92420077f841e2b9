import { TextInput } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import type { ApiProblem } from '@/shared/api/problem';
import { FormEnd } from '@/shared/ui/FormEnd';
import { helpBelow } from '@/shared/ui/helpBelow';
import { KeyForm, type KeyFormHandle } from '@/shared/ui/KeyForm';
import { Card } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import type { Drawing } from './drawing';
import css from './sampling.module.css';

/** Draws a sample: as many as named or as the formula gives, by a seed that is on record. */
export function DrawForm(props: {
  title: string;
  /** How it is drawn. */
  how: string;
  send: string;
  label: Record<keyof Drawing, string>;
  hint: Record<keyof Drawing, string>;
  drawing: Drawing;
  /** The margin is needed, whatever the size is. */
  marginNeeded: boolean;
  /** What is wrong with the margin before it is sent. */
  marginWrong?: string;
  mostDigits: number;
  handle: Ref<KeyFormHandle>;
  problem: ApiProblem | null;
  errors: Record<string, string>;
  /** The fields of the one who asks, beside the margin, the size and the seed. */
  shown?: string[];
  draw: { error: unknown; isPending: boolean };
  onChange: (part: Partial<Drawing>) => void;
  onSend: () => void;
  /** What stands above the fields. */
  above?: ReactNode;
  /** What is asked for beside them, before them. */
  children?: ReactNode;
}) {
  const { drawing, errors } = props;
  const field = (key: keyof Drawing) =>
    ({
      label: props.label[key],
      description: props.hint[key],
      inputWrapperOrder: helpBelow,
      autoComplete: 'off',
      value: drawing[key],
    }) as const;
  return (
    <Card id="draw" title={props.title}>
      <KeyForm
        ref={props.handle}
        label={props.title}
        className={ui.stack}
        refusal={props.draw.error}
        onSend={props.onSend}
      >
        <p className="small soft">{props.how}</p>
        {props.above}
        <div className={css.fields}>
          {props.children}
          <TextInput
            {...field('margin')}
            required={props.marginNeeded}
            name="margin"
            inputMode="decimal"
            maxLength={5}
            error={errors.margin_basis_points ?? props.marginWrong}
            onChange={(e) => props.onChange({ margin: e.currentTarget.value })}
          />
          <TextInput
            {...field('size')}
            name="sample_size"
            inputMode="numeric"
            maxLength={props.mostDigits}
            error={errors.sample_size}
            onChange={(e) => props.onChange({ size: e.currentTarget.value.replace(/\D/g, '') })}
          />
          <TextInput
            {...field('seed')}
            name="seed"
            spellCheck={false}
            maxLength={64}
            error={errors.seed}
            onChange={(e) => props.onChange({ seed: e.currentTarget.value })}
          />
        </div>
        <FormEnd
          problem={props.problem}
          shown={[...(props.shown ?? []), 'margin_basis_points', 'sample_size', 'seed']}
          busy={props.draw.isPending}
          send={props.send}
        />
      </KeyForm>
    </Card>
  );
}
