import type { Problem } from './problems.js';

interface Placed {
  id: string;
  pointer: string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Every value of `key` below `value`, with where it stands. */
function placed(value: unknown, key: string, pointer: string): Placed[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
    const here = `${pointer}/${name}`;
    return name === key ? [{ id: String(child), pointer: here }] : placed(child, key, here);
  });
}

function repeated(all: readonly Placed[]): Placed[] {
  const seen = new Set<string>();
  return all.filter(({ id }) => {
    const again = seen.has(id);
    seen.add(id);
    return again;
  });
}

/**
 * Ids that occur twice: a block_id in one message or view, an action_id in one block. Two cards of a carousel count as one block
 * here: Slack's pages leave that open.
 */
export function duplicateIds(blocks: readonly object[], base: string): Problem[] {
  const blockIds = repeated(placed(blocks, 'block_id', base)).map(({ id, pointer }) => ({
    message: `\`block_id\` \`${id}\` already exists`,
    pointer,
  }));
  const actionIds = blocks.flatMap((block, index) =>
    repeated(placed(block, 'action_id', `${base}/${index}`)).map(({ id, pointer }) => ({
      message: `\`action_id\` \`${id}\` already exists in this block`,
      pointer,
    })),
  );
  return [...blockIds, ...actionIds];
}

/** One element a view may take the focus. */
export function rivalFocus(blocks: readonly object[], base: string): Problem[] {
  const focused = placed(blocks, 'focus_on_load', base).filter(({ id }) => id === 'true');
  return focused.slice(1).map(({ pointer }) => ({ message: 'only one element can have focus_on_load', pointer }));
}
