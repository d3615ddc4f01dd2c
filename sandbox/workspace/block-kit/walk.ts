import type { MessageBlock, ModalBlock } from './blocks.js';
import type { ActionElement, ImageElement } from './elements.js';
import type { Problem } from './problems.js';

type Block = MessageBlock | ModalBlock;

/** Every image in a message, and where it is. */
export function imagesIn(blocks: readonly Block[], base = '/blocks'): { image: ImageElement; pointer: string }[] {
  return blocks.flatMap((block, index) => {
    const pointer = `${base}/${index}`;
    if (block.type === 'carousel') return imagesIn(block.elements, `${pointer}/elements`);
    if (block.type === 'image') return [{ image: block, pointer }];
    if (block.type === 'section' && block.accessory?.type === 'image')
      return [{ image: block.accessory, pointer: `${pointer}/accessory` }];
    const hero = block.type === 'card' ? block.hero_image : undefined;
    return hero ? [{ image: hero, pointer: `${pointer}/hero_image` }] : [];
  });
}

/** Everything that can be pressed or chosen from, inputs aside, with the ID of the block or card that holds it. */
export function actionsIn(blocks: readonly Block[]): { element: ActionElement; blockId: string }[] {
  return blocks.flatMap((block) => {
    if (block.type === 'carousel') return actionsIn(block.elements);
    return elementsOf(block).map((element) => ({ element, blockId: block.block_id ?? '' }));
  });
}

function elementsOf(block: Block): readonly ActionElement[] {
  if (block.type === 'actions') return block.elements;
  if (block.type === 'card') return block.actions ?? [];
  const accessory = block.type === 'section' ? block.accessory : undefined;
  return accessory && accessory.type !== 'image' ? [accessory] : [];
}

type Fields = Record<string, unknown>;

/** The value with each object's fields changed by `change`, the innermost first. */
function rewrite(value: unknown, change: (fields: Fields) => Fields): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value).map(([key, child]) => [key, rewrite(child, change)]);
  return change(Object.fromEntries(entries));
}

const actionTypes = new Set(['button', 'overflow', 'static_select', 'plain_text_input', 'checkboxes', 'file_input']);

/** Gives an ID to every block and every interactive element that came without one, as Slack does. */
export function withIds(blocks: readonly object[], newId: () => string): unknown {
  const withBlockId = (fields: object): object => ('block_id' in fields ? fields : { ...fields, block_id: newId() });
  const fill = (fields: Fields): Fields => {
    const type = String(fields.type);
    if (type === 'card') return { ...withBlockId(fields) };
    return actionTypes.has(type) && !('action_id' in fields) ? { ...fields, action_id: newId() } : fields;
  };
  // An image block and an image element have the same type; only the block, at the top, has an ID.
  return blocks.map((block) => withBlockId(Object(rewrite(block, fill))));
}

/**
 * Blocks as Slack tells them back: text objects with their defaults, and image blocks with fields that are refused when they
 * are sent in again (https://github.com/slackapi/bolt-js/issues/1841).
 */
export function readBack(blocks: readonly object[]): unknown {
  return rewrite(blocks, (fields) => {
    if (fields.type === 'plain_text') return { emoji: true, ...fields };
    if (fields.type === 'mrkdwn') return { verbatim: false, ...fields };
    const isImageBlock = fields.type === 'image' && 'image_url' in fields && 'block_id' in fields;
    return isImageBlock ? { ...fields, fallback: '[no preview available]', is_animated: false } : fields;
  });
}

interface Placed {
  id: string;
  pointer: string;
}

/** Every value of `key` below `value`, and where it is. */
function placed(value: unknown, key: string, pointer: string): Placed[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
    const here = `${pointer}/${name}`;
    return name === key ? [{ id: String(child), pointer: here }] : placed(child, key, here);
  });
}

const repeated = (all: readonly Placed[]): Placed[] =>
  all.filter(({ id }, index) => all.findIndex((other) => other.id === id) < index);

/**
 * IDs that occur twice: a block_id in one message or view, an action_id in one block. Two cards of a carousel count as one
 * block here: Slack's pages leave that open.
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
