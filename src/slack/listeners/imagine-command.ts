import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs, SlashCommand } from '@slack/bolt';
import { type CommandRequest, parseCommand } from '../../core/command/parse-command.js';
import type { Draft } from '../../core/draft.js';
import { UserInputError } from '../../core/errors.js';
import { doubtLanguage } from '../../core/language/check-language.js';
import { preferModel, preferredAspectRatio, preferredStyle } from '../../core/preferences.js';
import { complaintsMessage } from '../../core/sentences/command.js';
import { formWords } from '../../core/sentences/form.js';
import { buildHelp, buildModels } from '../blocks/help.js';
import { escapeText } from '../escape.js';
import { tellByResponseUrl } from '../listen.js';
import { imagesPerBatch, type ListenerServices } from '../listener-services.js';
import { createOpenForm } from '../modal/open-form.js';
import { prepareForm } from '../modal/prepare-form.js';
import { createOpenSettings } from '../modal/settings.js';
import { valuesOfCommand } from '../modal/values-of.js';
import { toPlainWords } from '../plain-words.js';
import { refinePrompt } from '../refine-prompt.js';
import { createEarlierBatches, readEarlierBatches } from './earlier-batches.js';

/** `/imagine a red fox in the snow --ar 16:9`. What can be answered without work is answered with the acknowledgement. */
export function createImagineCommand(services: ListenerServices) {
  const openForm = createCommandForm(services);
  const openSettings = createOpenSettings(services);
  const findEarlier = createEarlierBatches(services);
  return async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const text = toPlainWords(command.text).trim();
    switch (text.toLowerCase()) {
      case 'help':
        return ack(buildHelp(command.command, services.offered));
      case 'models':
        return ack(buildModels(services.offered));
      case 'settings':
        await ack();
        return openSettings(command.trigger_id, command.user_id);
      case '':
        await ack();
        return openForm(command);
    }
    const earlier = readEarlierBatches(text);
    if (earlier) {
      await ack();
      return findEarlier(earlier, command);
    }
    const parsed = parseCommand(text, tablesOf(services));
    if (parsed.kind === 'complaints') {
      return ack({ response_type: 'ephemeral', text: escapeText(complaintsMessage(parsed, command.command)) });
    }
    await ack();
    if (!parsed.refine && doubtLanguage(parsed.prompt, parsed.models)) return openForm(command, parsed);
    await services.listen('command', tellByResponseUrl(command.response_url), () =>
      startFromCommand(services, command, text),
    );
  };
}

function tablesOf({ offered, known }: Pick<ListenerServices, 'offered' | 'known'>) {
  return { offered, known, maximumCount: imagesPerBatch };
}

/** The form for words that are still to come, or that want a second look before money is spent. */
function createCommandForm(services: ListenerServices) {
  const openForm = createOpenForm(services);
  return (command: SlashCommand, request?: CommandRequest): Promise<void> => {
    const draft: Draft = {
      version: 1,
      workspaceId: services.workspaceId,
      userId: command.user_id,
      channelId: command.channel_id,
      id: services.newId(),
      responseUrl: command.response_url,
      ...(request && { count: request.count }),
    };
    return openForm({
      event: 'command',
      triggerId: command.trigger_id,
      waiting: formWords.opening,
      graceMilliseconds: 500,
      prepare: () => prepareForm(services, draft, request && valuesOfCommand(request)),
    });
  };
}

/** Reads the command once more with the person's own model first, as their defaults decide what it means. */
async function startFromCommand(services: ListenerServices, command: SlashCommand, text: string): Promise<void> {
  const { workspaceId } = services;
  const preferences = await services.preferences.load({ workspaceId, userId: command.user_id });
  const offered = preferModel(services.offered, preferences);
  const request = parseCommand(text, tablesOf({ ...services, offered }));
  if (request.kind === 'complaints') throw new UserInputError(complaintsMessage(request, command.command));
  await services.startBatch({
    workspaceId,
    channelId: command.channel_id,
    requesterId: command.user_id,
    prompt: request.refine ? await refinePrompt(services, request.prompt, request.models[0]) : request.prompt,
    negativePrompt: request.negativePrompt,
    aspectRatio: request.aspectRatio ?? preferredAspectRatio(preferences, request.models),
    style: request.style ?? preferredStyle(preferences),
    seed: request.seed,
    models: request.models,
    count: request.count,
    responseUrl: command.response_url,
  });
}
