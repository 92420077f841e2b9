/** How many are drawn, and by which seed, as it is typed. */
export interface Drawing {
  margin: string;
  size: string;
  seed: string;
}

/** The margin of the method; no size and no seed of one's own. */
export const emptyDrawing: Drawing = { margin: '5', size: '', seed: '' };
