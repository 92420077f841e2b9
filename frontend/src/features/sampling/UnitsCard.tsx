import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { authoritiesQuery } from '@/features/catalogue/api';
import { ChoiceFilter } from '@/shared/ui/ChoiceFilter';
import type { IconName } from '@/shared/ui/Icon';
import { Listed, type Fetched } from '@/shared/ui/Listed';
import { Notice } from '@/shared/ui/Notice';
import { Card } from '@/shared/ui/Page';
import { Rows } from '@/shared/ui/Rows';
import ui from '@/shared/ui/ui.module.css';

/** A dossier that was drawn. */
export interface DrawnUnit {
  place: number;
  dossier_id: string;
  dossier_code?: string | null;
  procedure_name?: string | null;
  authority_id?: string | null;
  owner_name?: string | null;
}

interface Search<S> {
  state?: S;
  cursor?: string;
}

/** The dossiers of a sample in the order of the draw, and what came of each. */
export function UnitsCard<U extends DrawnUnit, S extends string>(props: {
  title: string;
  lead?: string;
  units: Fetched<U>;
  search: Search<S>;
  onGo: (search: Search<S>) => void;
  /** What one may be narrowed to. */
  filter: { name: string; label: string; all: string; states: readonly S[]; word: (state: S) => string };
  none: string;
  icon?: IconName;
  columns: { place: string; dossier: string; owner: string; state: string };
  noCode: string;
  /** How a dossier may be opened; where it may not, only its code is said. */
  opens: boolean;
  /** The inspection by which it is looked at. */
  inspection?: string;
  /** What came of it, and what may be done with it. */
  cell: (unit: U, onAsk: () => void) => ReactNode;
  /** Asks what came of it. */
  dialog: (unit: U, close: { onClose: () => void; onDone: (state: S) => void }) => ReactNode;
  /** What is said once that was entered. */
  done: (unit: U, state: S) => { title: string; foot?: ReactNode };
}) {
  const { search, onGo, filter } = props;
  const [asked, setAsked] = useState<U | null>(null);
  const [done, setDone] = useState<{ unit: U; state: S }>();
  // The button that was pressed is gone with what was entered: the focus goes to what is said of it.
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done) said.current?.focus();
  }, [done]);
  return (
    <Card
      id="units"
      title={props.title}
      aside={
        <ChoiceFilter
          unseen
          name={filter.name}
          label={filter.label}
          all={filter.all}
          value={search.state}
          values={filter.states}
          word={filter.word}
          onPick={(state) => onGo({ state })}
        />
      }
    >
      <div className={ui.stack}>
        {props.lead && <p className="small soft">{props.lead}</p>}
        <div ref={said} tabIndex={-1} aria-live="polite">
          {done && <Notice tone="good" {...props.done(done.unit, done.state)} />}
        </div>
        <Listed
          list={props.units}
          rows={6}
          icon={props.icon}
          none={props.none}
          onGo={(cursor) => onGo({ ...search, cursor })}
        >
          {(units) => (
            <Rows
              of="units"
              columns={[
                { label: props.columns.place, num: true },
                { label: props.columns.dossier },
                { label: props.columns.owner },
                { label: props.columns.state },
              ]}
              rows={units.map((unit) => ({
                key: String(unit.place),
                place: unit.place,
                cells: [
                  unit.place,
                  <Dossier
                    key="dossier"
                    unit={unit}
                    noCode={props.noCode}
                    opens={props.opens}
                    inspection={props.inspection}
                  />,
                  <span key="owner" lang="vi">
                    {unit.owner_name}
                  </span>,
                  props.cell(unit, () => setAsked(unit)),
                ],
              }))}
            />
          )}
        </Listed>
      </div>
      {asked &&
        props.dialog(asked, {
          onClose: () => setAsked(null),
          onDone: (state) => {
            setDone({ unit: asked, state });
            setAsked(null);
          },
        })}
    </Card>
  );
}

/** Which dossier, of which procedure and ward. */
function Dossier(props: { unit: DrawnUnit; noCode: string; opens: boolean; inspection?: string }) {
  const { unit, inspection } = props;
  const wards = useQuery(authoritiesQuery()).data?.items ?? [];
  const code = unit.dossier_code ?? props.noCode;
  return (
    <div>
      {props.opens ? (
        <Link
          to="/dossiers/$id"
          params={{ id: unit.dossier_id }}
          search={inspection ? { inspection } : {}}
          className="code"
        >
          {code}
        </Link>
      ) : (
        <span className="code">{code}</span>
      )}
      <div lang="vi">{unit.procedure_name}</div>
      <div className="small soft" lang="vi">
        {wards.find((w) => w.id === unit.authority_id)?.name}
      </div>
    </div>
  );
}
