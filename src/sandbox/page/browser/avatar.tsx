/** A person's initial on a colour of their own; the app's star. */
export function Avatar({ name, isApp }: { name: string; isApp: boolean }) {
  if (isApp) {
    return (
      <span className="avatar app" aria-hidden="true">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 2c.6 3.6 2.4 5.4 6 6-3.6.6-5.4 2.4-6 6-.6-3.6-2.4-5.4-6-6 3.6-.6 5.4-2.4 6-6z" />
        </svg>
      </span>
    );
  }
  return (
    <span className={`avatar hue-${hueOf(name)}`} aria-hidden="true">
      {name.slice(0, 1).toUpperCase()}
    </span>
  );
}

const hues = 5;

const hueOf = (name: string): number =>
  [...name].reduce((hash, letter) => hash * 31 + (letter.codePointAt(0) ?? 0), 0) % hues;
