import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { ImageModelFacts } from '../../core/image-model.js';
import { promptTooLong } from '../../core/sentences.js';
import type { StartBatch } from '../../core/start-batch.js';
import { buildHelp } from '../blocks/help.js';
import { escapeText } from '../escape.js';
import type { Listen } from '../listen.js';
import { toPlainWords } from '../plain-words.js';

export interface ImagineCommandOptions {
  startBatch: StartBatch;
  listen: Listen;
  /** The folder of every picture: the workspace that installed the app, whoever asks. */
  workspaceId: string;
  model: ImageModelFacts;
}

/** How many pictures a person chooses from. */
const imagesPerBatch = 4;

/** `/imagine a red fox in the snow`. What can be answered without work is answered with the acknowledgement itself. */
export function createImagineCommand({ startBatch, listen, workspaceId, model }: ImagineCommandOptions) {
  return async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const prompt = toPlainWords(command.text).trim();
    if (prompt === '' || prompt.toLowerCase() === 'help') return ack(buildHelp(command.command, model));
    if (prompt.length > model.promptLimit) {
      const complaint = promptTooLong(prompt.length, model.promptLimit, model.label);
      return ack({ response_type: 'ephemeral', text: escapeText(complaint) });
    }
    await ack();
    await listen('command', command.response_url, () =>
      startBatch({
        workspaceId,
        channelId: command.channel_id,
        requesterId: command.user_id,
        prompt,
        aspectRatio: model.defaultAspectRatio,
        model,
        count: imagesPerBatch,
        responseUrl: command.response_url,
      }),
    );
  };
}
