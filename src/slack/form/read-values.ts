import { z } from 'zod';
import type { FormValues } from '../../core/prompt/command/read-form.js';
import { noStyle } from './choices.js';
import { blockIds, promptBlockId, valueActionId } from './form-ids.js';

/** `view.state.values` by block_id and action_id. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
const valuesSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.looseObject({
      value: z.string().nullish(),
      selected_option: z.object({ value: z.string() }).nullish(),
    }),
  ),
);

/** What the person typed and chose; '' for what is empty. */
export function readValues(state: unknown, round: number): FormValues {
  const values = valuesSchema.parse(state);
  const read = (blockId: string) => {
    const field = values[blockId]?.[valueActionId];
    return field?.selected_option?.value ?? field?.value ?? '';
  };
  const style = read(blockIds.style);
  return {
    prompt: read(promptBlockId(round)),
    negativePrompt: read(blockIds.negativePrompt),
    aspectRatio: read(blockIds.aspectRatio),
    style: style === noStyle ? '' : style,
    model: read(blockIds.model),
    seed: read(blockIds.seed),
  };
}
