import { useBlockHost } from './blocks/block-host.js';

interface AvatarProps {
  name: string;
  isApp: boolean;
}

const hues = 5;

/** A person's initial on a colour of their own; the app's star. */
export function Avatar({ name, isApp }: AvatarProps) {
  const { names } = useBlockHost();
  if (isApp) {
    return (
      <span className="avatar app" aria-hidden="true">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 2c.6 3.6 2.4 5.4 6 6-3.6.6-5.4 2.4-6 6-.6-3.6-2.4-5.4-6-6 3.6-.6 5.4-2.4 6-6z" />
        </svg>
      </span>
    );
  }
  const place = [...names.values()].indexOf(name);
  return (
    <span className={`avatar hue-${Math.max(0, place) % hues}`} aria-hidden="true">
      {name.slice(0, 1).toUpperCase()}
    </span>
  );
}
