const actionTypes = new Set([
  'button',
  'overflow',
  'static_select',
  'multi_static_select',
  'checkboxes',
  'radio_buttons',
  'plain_text_input',
  'number_input',
]);

type Fields = Record<string, unknown>;

/** The value with each object's fields changed by `change`, the innermost first. */
function rewrite(value: unknown, change: (fields: Fields) => Fields): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value).map(([key, child]) => [key, rewrite(child, change)]);
  return change(Object.fromEntries(entries));
}

/** Gives every block and every interactive element that came without an id one, as Slack does. */
export function withIds(blocks: readonly object[], newId: () => string): unknown {
  const withBlockId = (fields: object): object => ('block_id' in fields ? fields : { ...fields, block_id: newId() });
  const fill = (fields: Fields): Fields => {
    const type = String(fields.type);
    if (type === 'card') return { ...withBlockId(fields) };
    return actionTypes.has(type) && !('action_id' in fields) ? { ...fields, action_id: newId() } : fields;
  };
  // An image block and an image element have the same type; only the block, at the top, has an id.
  return blocks.map((block) => withBlockId(Object(rewrite(block, fill))));
}

export interface ImageFacts {
  width?: number | undefined;
  height?: number | undefined;
  bytes: number;
}

/**
 * Blocks as Slack tells them back: text objects with their defaults, and image blocks with fields that are refused when they are
 * sent in again (https://github.com/slackapi/bolt-js/issues/1841).
 */
export function readBack(blocks: readonly object[], imageFacts: (url: string) => ImageFacts | undefined): unknown {
  return rewrite(blocks, (fields) => {
    if (fields.type === 'plain_text') return { emoji: true, ...fields };
    if (fields.type === 'mrkdwn') return { verbatim: false, ...fields };
    const url = fields.image_url;
    const modelInfo = typeof url === 'string' && 'block_id' in fields ? imageFacts(url) : undefined;
    if (!modelInfo) return fields;
    return {
      ...fields,
      fallback: '[no preview available]',
      image_width: modelInfo.width,
      image_height: modelInfo.height,
      image_bytes: modelInfo.bytes,
      is_animated: false,
    };
  });
}
