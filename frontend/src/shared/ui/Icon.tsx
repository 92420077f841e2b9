/** A small set of line icons, drawn on a 20 × 20 grid. They accompany words and are hidden from screen readers. */
const shapes = {
  work: 'M4 5h12M4 10h12M4 15h7',
  intake: 'M10 3v10m0 0-4-4m4 4 4-4M3.5 14v3h13v-3',
  folder: 'M2.5 6V4.5h5L9.5 7h8v9h-15z',
  sign: 'M3 17h14M5 13.5l1-3.5 7-7 2.5 2.5-7 7z',
  handBack: 'M10 13V3m0 0L6 7m4-4 4 4M3.5 14v3h13v-3',
  handover: 'M3 6.5h13M12.5 3 16 6.5 12.5 10M17 13.5H4M7.5 10 4 13.5 7.5 17',
  book: 'M10 5.5C8 4 5.5 3.7 3 4v11.5c2.500-.3 5 0 7 1.500 2-1.500 4.500-1.800 7-1.500V4c-2.500-.3-5 0-7 1.500zm0 0V17',
  stamp: 'M7.500 3h5v4l-1 3h4v3.500h-11V10h4l-1-3zM4 17h12',
  register: 'M5 3h11v14H5zM3 6h3M3 10h3M3 14h3M9 7h4M9 10.500h4',
  calendar: 'M3.500 5h13v12h-13zM3.500 8.500h13M7 3v3.500M13 3v3.500',
  people:
    'M7.500 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 17c0-3 2.500-5 5.500-5s5.500 2 5.500 5M13 4a3 3 0 0 1 0 5.500M15 12.500c2 .7 3 2.300 3 4.500',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.500 13.500 17.500 17.500',
  clock: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15zM10 5.500V10l3 2',
  check: 'M4 10.500 8.200 15 16 5.500',
  cross: 'M5 5l10 10M15 5 5 15',
  late: 'M10 3 18 17H2zM10 8v4.200M10 14.600v.1',
  pause: 'M7 5v10M13 5v10',
  info: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15zM10 9v5M10 6.200v.1',
  print: 'M6 7V3h8v4M6 14H3V7h14v7h-3M6 11.500h8V17H6z',
  menu: 'M3 5.500h14M3 10h14M3 14.500h14',
  up: 'M5 12l5-5 5 5',
  down: 'M5 8l5 5 5-5',
  right: 'M8 5l5 5-5 5',
  left: 'M12 5l-5 5 5 5',
  eye: 'M2 10s3-5.500 8-5.500S18 10 18 10s-3 5.500-8 5.500S2 10 2 10zM10 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600z',
  edit: 'M12.500 4.500l3 3L7 16l-3.500.500L4 13zM10.500 6.500l3 3',
  card: 'M2.500 5h15v10.500h-15zM5 8.500h4v4H5zM11.500 9H15M11.500 12H15',
  receipt: 'M5 2.500h10v15l-2.500-1.500-2.500 1.500-2.500-1.500L5 17.500zM7.500 6.500h5M7.500 10h5',
  lock: 'M4.500 9h11v8h-11zM7 9V6.200a3 3 0 0 1 6 0V9M10 12.200v1.600',
  sheet: 'M3 3.500h14v13H3zM3 8h14M3 12.200h14M8 8v8.500',
  treasury: 'M3 8l7-5 7 5zM5 8v7M8.300 8v7M11.700 8v7M15 8v7M3 17h14',
  user: 'M10 10a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3.500 17.500c0-3.500 3-5.500 6.500-5.500s6.500 2 6.500 5.500',
  out: 'M8 3.500H3.500v13H8M12.500 6l4 4-4 4M16.500 10H8',
  plus: 'M10 4v12M4 10h12',
  sound: 'M3 8v4h3l4 3.5v-11L6 8zM13 7.5a3.5 3.5 0 0 1 0 5M15.5 5a7 7 0 0 1 0 10',
  screen: 'M3 4h14v9.5H3zM7 17h6M10 13.5V17',
  send: 'M3 10h12M10.500 5.500 15 10l-4.500 4.500',
  chart: 'M3 17h14M5.500 17v-6M10 17V4M14.500 17V8',
  speech: 'M3 4h14v9.500H9L5.500 17v-3.500H3zM6.500 7.500h7M6.500 10.200h4.500',
  offline:
    'M3 3l14 14M2.500 8a11 11 0 0 1 4-2.500M17.500 8a11 11 0 0 0-6-3M5.500 11.500a6.500 6.500 0 0 1 3.500-1.800M10 15.500v.1',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={shapes[name]} />
    </svg>
  );
}
