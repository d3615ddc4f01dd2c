const paths = {
  hash: 'M6.5 2.5 5 13.5M11 2.5 9.5 13.5M2.5 6h11.5M2 10h11.5',
  lock: 'M4 7.5h8v6H4zM5.8 7.5V5.3a2.2 2.2 0 0 1 4.4 0v2.2',
  thread: 'M2.5 3.5h11v7.5H7l-3 2.5v-2.5H2.5z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  send: 'M2.5 13.5 14 8 2.5 2.5 4 8zM4 8h5',
  close: 'M4 4l8 8M12 4l-8 8',
  light:
    'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
  dark: 'M13 9.8A5.5 5.5 0 0 1 6.2 3a5.5 5.5 0 1 0 6.8 6.8z',
  system: 'M2.5 3h11v7.5h-11zM6 13.5h4M8 10.5v3',
  tools: 'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.3v3.4M6 9.3v3.4',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  eye: 'M1.5 8s2.4-4.3 6.5-4.3S14.5 8 14.5 8s-2.4 4.3-6.5 4.3S1.5 8 1.5 8zM8 6.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4',
} as const;

export type IconName = keyof typeof paths;

/** Decoration: what it stands beside says what it means. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
