import type { RespondArguments } from '@slack/bolt';
import type { ModelInfo } from '../../core/image-model.js';
import { help, modelLine } from '../../text/help.js';
import { aboutCost } from '../../text/recipe.js';
import { escapeText } from '../api/escape.js';
import { imagesPerBatch } from '../deps.js';
import { section } from './elements.js';

type Offered = readonly [ModelInfo, ...ModelInfo[]];

/**
 * Short help that only the asker sees.
 * @param canRefine whether words may be sent to be analysed
 */
export function buildHelp(command: string, [{ label, pricePerImage }]: Offered, canRefine: boolean): RespondArguments {
  return privateLines(help(command, label, aboutCost(imagesPerBatch, pricePerImage), canRefine));
}

/** The models on offer, with price and limits. */
export function buildModels(offered: Offered): RespondArguments {
  return privateLines(offered.map((modelInfo, index) => modelLine(modelInfo, index === 0)));
}

function privateLines(lines: string[]): RespondArguments {
  return { response_type: 'ephemeral', text: escapeText(lines.join('\n')), blocks: lines.map(section) };
}
