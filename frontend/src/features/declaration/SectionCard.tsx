import type { DeclarationParty, DeclarationSection } from '@/shared/api/types';
import draft from '@/features/draft/draft.module.css';
import { Card } from '@/shared/ui/Page';
import { FieldInput } from './FieldInput';
import { keyOf, valuesOf } from './filling';
import { PartyTools } from './PartyTools';
import { useBoth } from './parts';
import type { Filling } from './useFilling';

/** A part of the form, and where it is somebody's, what fills it without typing. */
export function SectionCard(props: {
  section: DeclarationSection;
  /** Whose card is scanned here. */
  party?: DeclarationParty;
  filling: Filling;
  autoFocus: boolean;
}) {
  const language = useBoth();
  const { section, party, filling } = props;
  const saved = valuesOf(filling.seen);
  return (
    <Card id={`section-${section.key}`} title={section.name[language]}>
      {party && <PartyTools party={party} filling={filling} autoFocus={props.autoFocus} />}
      <div className={draft.fields}>
        {section.fields.map((field) => {
          const key = keyOf(section, field);
          return (
            <FieldInput
              key={key}
              name={key}
              field={field}
              value={filling.typed[key] ?? saved[key] ?? ''}
              known={key in filling.typed ? undefined : filling.seen.values.find((v) => v.key === key)}
              error={filling.faults.find((fault) => fault.key === key)?.detail}
              onChange={(value) => filling.change(key, value)}
              onLeave={() => void filling.save()}
            />
          );
        })}
      </div>
    </Card>
  );
}
