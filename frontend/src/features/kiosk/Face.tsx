/** How mouth and brows of the three faces run; told apart by shape, not by colour alone. */
const FACES = [
  { mouth: 'M30 58 Q50 82 70 58', brows: 'M28 32 Q34 27 40 32 M60 32 Q66 27 72 32', tone: 'good' },
  { mouth: 'M32 66 H68', brows: 'M28 31 H40 M60 31 H72', tone: 'soon' },
  { mouth: 'M30 74 Q50 52 70 74', brows: 'M28 33 L40 28 M72 33 L60 28', tone: 'late' },
] as const;

/** One of three faces, from the best; its word stands beside it. */
export function Face({ place }: { place: number }) {
  const face = FACES[place];
  if (!face) return null;
  return (
    <svg aria-hidden="true" focusable="false" viewBox="0 0 100 100" data-face={face.tone}>
      <circle
        cx="50"
        cy="50"
        r="45"
        fill={`var(--${face.tone}-tint)`}
        stroke={`var(--${face.tone})`}
        strokeWidth="5"
      />
      <g
        fill="none"
        stroke={`var(--${face.tone})`}
        strokeWidth="5.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={face.mouth} />
        <path d={face.brows} />
      </g>
      <circle cx="35" cy="43" r="5" fill={`var(--${face.tone})`} />
      <circle cx="65" cy="43" r="5" fill={`var(--${face.tone})`} />
    </svg>
  );
}
