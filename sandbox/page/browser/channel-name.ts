import type { Screen, ShownChannel } from '../protocol.js';

/** As the person reads it: `marketing`, the other people of a conversation, the app. */
export function channelName({ name, kind, members }: ShownChannel, { people, app }: Screen, viewer: string): string {
  if (name) return name;
  if (kind === 'app') return app.name;
  const others = people.filter(({ id }) => id !== viewer && members.includes(id));
  return others.map(({ realName }) => realName).join(', ');
}
