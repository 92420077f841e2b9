import { NativeSelect } from '@mantine/core';

/** Narrows a list to one of some values; the empty one stands for all of them. */
export function ChoiceFilter<T extends string>(props: {
  name: string;
  label: string;
  /** Nothing beside it says what it is: the label is only read out. */
  unseen?: boolean;
  /** What is said where it is not narrowed. */
  all: string;
  value: T | undefined;
  values: readonly T[];
  word: (value: T) => string;
  onPick: (value: T | undefined) => void;
}) {
  const { label, values } = props;
  return (
    <NativeSelect
      name={props.name}
      {...(props.unseen ? { 'aria-label': label } : { label })}
      value={props.value ?? ''}
      data={[
        { value: '', label: props.all },
        ...values.map((value) => ({ value, label: props.word(value) })),
      ]}
      onChange={(e) => props.onPick(values.find((value) => value === e.currentTarget.value))}
    />
  );
}
