import { Radio } from '@mantine/core';
import { Fragment, useState, type ReactNode } from 'react';
import { Card } from './Page';
import ui from './ui.module.css';

/** What may be done now, one thing at a time: each with a form of its own. */
export function ActsCard<A extends string>(props: {
  title: string;
  /** What is asked where there is a choice. */
  what: string;
  actions: readonly A[];
  word: (action: A) => string;
  children: (action: A) => ReactNode;
}) {
  const { actions } = props;
  const [chosen, setChosen] = useState(actions[0]);
  return (
    <Card id="actions" title={props.title}>
      <div className={ui.stack}>
        {actions.length > 1 && (
          <Radio.Group
            name="action"
            label={props.what}
            value={chosen}
            onChange={(value) => setChosen(actions.find((action) => action === value))}
          >
            <div className={ui.choices}>
              {actions.map((action) => (
                <Radio key={action} value={action} label={props.word(action)} />
              ))}
            </div>
          </Radio.Group>
        )}
        {chosen && <Fragment key={chosen}>{props.children(chosen)}</Fragment>}
      </div>
    </Card>
  );
}
