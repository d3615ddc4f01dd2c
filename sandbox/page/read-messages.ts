import type { Workspace } from '../workspace/driver.js';
import type { SeenMessage } from '../workspace/seen.js';
import type { MessagesUpdate } from './protocol.js';

export interface Reader {
  user: string;
  channel: string;
  /** The most messages to show, thread replies not counted. */
  limit: number;
}

/** The newest messages of a channel and all replies to them. */
function newestMessages(all: readonly SeenMessage[], limit: number): { newest: SeenMessage[]; older: number } {
  const roots = all.filter(({ threadTs }) => threadTs === undefined);
  const shown = new Set(roots.slice(-limit).map(({ ts }) => ts));
  return {
    newest: all.filter(({ ts, threadTs }) => shown.has(threadTs ?? ts)),
    older: Math.max(0, roots.length - limit),
  };
}

/** Tells at each call what is new since the one before; undefined where nothing is. */
export function createMessageReader(
  workspace: Pick<Workspace, 'messages'>,
  { user, channel, limit }: Reader,
): () => MessagesUpdate | undefined {
  let told = new Map<string, string>();
  let toldOlder = -1;
  return () => {
    const { newest, older } = newestMessages(workspace.messages(channel, { as: user }), limit);
    const now = new Map(newest.map((message) => [message.ts, JSON.stringify(message)]));
    const changed = newest.filter(({ ts }) => now.get(ts) !== told.get(ts));
    const isSame = changed.length === 0 && now.size === told.size && older === toldOlder;
    told = now;
    toldOlder = older;
    return isSame ? undefined : { order: [...now.keys()], changed, older };
  };
}
