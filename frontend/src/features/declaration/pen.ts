export interface Point {
  x: number;
  y: number;
}
export type Stroke = Point[];

/** The field in which one signs, in the units of what is sent. */
export const PAD = { width: 1000, height: 400 } as const;
/** The server takes no more. */
const MOST_STROKES = 200;
const MOST_POINTS = 5_000;
/** A pen that has moved less than this has not moved. */
const LEAST = 3;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const within = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)));

/** Where on the pad a pen at this place of the screen is. */
export const pointIn = (box: Box, x: number, y: number): Point => ({
  x: within(((x - box.left) / Math.max(box.width, 1)) * PAD.width, PAD.width),
  y: within(((y - box.top) / Math.max(box.height, 1)) * PAD.height, PAD.height),
});

const pointsIn = (strokes: Stroke[]) => strokes.reduce((sum, stroke) => sum + stroke.length, 0);

/** The pen is put down. */
export const begun = (strokes: Stroke[], point: Point): Stroke[] =>
  strokes.length >= MOST_STROKES || pointsIn(strokes) >= MOST_POINTS ? strokes : [...strokes, [point]];

/** The pen moves on; the same place again is no new point. */
export function drawn(strokes: Stroke[], point: Point): Stroke[] {
  const last = strokes.at(-1);
  const before = last?.at(-1);
  if (!last || !before || pointsIn(strokes) >= MOST_POINTS) return strokes;
  if (Math.hypot(point.x - before.x, point.y - before.y) < LEAST) return strokes;
  return [...strokes.slice(0, -1), [...last, point]];
}

/** Whether anything was drawn: dots are no signature. */
export const hasInk = (strokes: Stroke[]): boolean => strokes.some((stroke) => stroke.length > 1);

/** A stroke as a line that is drawn. */
export const lineOf = (stroke: Stroke): string => {
  const [first, ...rest] = stroke;
  if (!first) return '';
  const line = rest.map(({ x, y }) => `L${x} ${y}`).join(' ');
  return `M${first.x} ${first.y} ${line || `L${first.x} ${first.y}`}`;
};
