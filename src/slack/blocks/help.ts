import type { RespondArguments } from '@slack/bolt';
import type { ImageModelFacts } from '../../core/image-model.js';
import { aboutCost, help } from '../../core/sentences.js';
import { escapeText } from '../escape.js';
import { section } from './elements.js';

/** Short help that only the asker sees. */
export function buildHelp(command: string, { label, pricePerImage }: ImageModelFacts): RespondArguments {
  const lines = help(command, label, aboutCost(4, pricePerImage));
  return { response_type: 'ephemeral', text: escapeText(lines.join('\n')), blocks: lines.map(section) };
}
