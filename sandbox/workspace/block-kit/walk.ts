import type { MessageBlock, ModalBlock } from './blocks.js';
import type { ActionElement } from './elements.js';
import type { ImageElement } from './images.js';

/** An image somewhere in a message, and where. A section's accessory does not hold the message up when it cannot be loaded. */
export interface PlacedImage {
  image: ImageElement;
  pointer: string;
  isAccessory: boolean;
}

type Part = { type: string } | undefined;
type Block = MessageBlock | ModalBlock;

const isImage = (part: Part): part is ImageElement => part?.type === 'image';

function parts(block: Block, pointer: string): [Part, string][] {
  switch (block.type) {
    case 'image':
      return [[block, pointer]];
    case 'section':
      return [[block.accessory, `${pointer}/accessory`]];
    case 'context':
    case 'actions':
      return block.elements.map((element, index) => [element, `${pointer}/elements/${index}`]);
    case 'card':
      return [
        [block.hero_image, `${pointer}/hero_image`],
        [block.icon, `${pointer}/icon`],
        ...(block.actions ?? []).map((button, index): [Part, string] => [button, `${pointer}/actions/${index}`]),
      ];
    case 'carousel':
      return block.elements.flatMap((card, index) => parts(card, `${pointer}/elements/${index}`));
    default:
      return [];
  }
}

export function imagesIn(blocks: readonly Block[], base: string): PlacedImage[] {
  return blocks.flatMap((block, index) =>
    parts(block, `${base}/${index}`).flatMap(([part, pointer]) =>
      isImage(part) ? [{ image: part, pointer, isAccessory: block.type === 'section' }] : [],
    ),
  );
}

const isAction = (part: Part): part is ActionElement =>
  part !== undefined &&
  ['button', 'overflow', 'static_select', 'multi_static_select', 'checkboxes', 'radio_buttons'].includes(part.type);

/** Everything in a message or a modal, inputs aside, that a person can press or choose from, with the id of the block (or card) that holds it. */
export function actionsIn(blocks: readonly Block[]): { element: ActionElement; blockId: string }[] {
  return blocks.flatMap((block) => {
    if (block.type === 'carousel') return actionsIn(block.elements);
    return parts(block, '').flatMap(([part]) =>
      isAction(part) ? [{ element: part, blockId: block.block_id ?? '' }] : [],
    );
  });
}
