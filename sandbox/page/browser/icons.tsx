const paths = {
  hash: 'M6.5 2.5 5 13.5M11 2.5 9.5 13.5M2.5 6h11.5M2 10h11.5',
  lock: 'M4 7.5h8v6H4zM5.8 7.5V5.3a2.2 2.2 0 0 1 4.4 0v2.2',
  thread: 'M2.5 3.5h11v7.5H7l-3 2.5v-2.5H2.5z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  down: 'M4 6l4 4 4-4',
  send: 'M2.5 13.5 14 8 2.5 2.5 4 8zM4 8h5',
  attach: 'M13 7.5 7.8 12.7a3.2 3.2 0 0 1-4.5-4.5l5.6-5.6a2.1 2.1 0 0 1 3 3l-5.5 5.5a1 1 0 0 1-1.5-1.5L9.8 5',
  close: 'M4 4l8 8M12 4l-8 8',
  tools: 'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.3v3.4M6 9.3v3.4',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

interface IconButtonProps {
  name: IconName;
  label: string;
  className?: string;
  disabled?: boolean;
  onClick: () => void;
}

export function IconButton({ name, label, className = '', disabled = false, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`icon-button ${className}`}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={name} />
    </button>
  );
}
