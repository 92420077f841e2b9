import { useRef, type PointerEvent } from 'react';
import { begun, drawn, lineOf, PAD, pointIn, type Stroke } from './pen';
import css from './readback.module.css';

/** Where one signs. Whoever has no pointer signs on paper: the button for that stands below. */
export function SignaturePad(props: {
  strokes: Stroke[];
  label: string;
  onChange: (change: (strokes: Stroke[]) => Stroke[]) => void;
}) {
  const { onChange } = props;
  /** The finger or pen that is down; another one is a palm. */
  const down = useRef<number | null>(null);
  const at = (e: PointerEvent<SVGSVGElement>) =>
    pointIn(e.currentTarget.getBoundingClientRect(), e.clientX, e.clientY);
  const lift = (e: PointerEvent<SVGSVGElement>) => {
    if (down.current === e.pointerId) down.current = null;
  };
  return (
    <svg
      role="img"
      aria-label={props.label}
      className={css.pad}
      viewBox={`0 0 ${PAD.width} ${PAD.height}`}
      onPointerDown={(e) => {
        if (down.current !== null || e.button !== 0) return;
        down.current = e.pointerId;
        // The stroke goes on where the pen leaves the pad.
        e.currentTarget.setPointerCapture?.(e.pointerId);
        const point = at(e);
        onChange((strokes) => begun(strokes, point));
      }}
      onPointerMove={(e) => {
        if (down.current !== e.pointerId) return;
        const point = at(e);
        onChange((strokes) => drawn(strokes, point));
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
    >
      {props.strokes.map((stroke, i) => (
        <path key={i} d={lineOf(stroke)} />
      ))}
    </svg>
  );
}
