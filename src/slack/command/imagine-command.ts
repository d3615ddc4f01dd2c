import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs, SlashCommand } from '@slack/bolt';
import { usageToday } from '../../core/batch/quota.js';
import { startBatch } from '../../core/batch/start-batch.js';
import { type CommandRequest, parseCommand } from '../../core/prompt/command/parse-command.js';
import type { Draft } from '../../core/prompt/draft.js';
import { doubtLanguage } from '../../core/prompt/language/check-language.js';
import { type Preferences, preferModel, preferredAspectRatio, preferredStyle } from '../../core/prompt/preferences.js';
import { issuesMessage } from '../../text/command.js';
import { formWords } from '../../text/form.js';
import { usageSentence } from '../../text/limits.js';
import { askerOf, notifyUser } from '../api/notify-user.js';
import { imagesPerBatch, type SlackDeps } from '../deps.js';
import { createOpenForm } from '../form/open-form.js';
import { prepareForm } from '../form/prepare-form.js';
import { removeDraft } from '../form/remove-draft.js';
import { valuesOfCommand } from '../form/values-of.js';
import { buildHelp, buildModels } from '../message/help.js';
import { toPlainWords } from '../post/plain-words.js';
import { refinePrompt } from '../post/refine-prompt.js';
import { createEarlierBatches, readEarlierBatches } from './history.js';
import { loadPreferences } from './load-preferences.js';
import { createOpenSettings } from './settings.js';

/** `/imagine a red fox in the snow --ar 16:9`, and the words that are no image: help, models, settings. */
export function createImagineCommand(deps: SlackDeps) {
  const openForm = createCommandForm(deps);
  const openSettings = createOpenSettings(deps);
  const findEarlier = createEarlierBatches(deps);
  const draw = createDrawCommand(deps, openForm);
  return async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const text = toPlainWords(command.text).trim();
    switch (text.toLowerCase()) {
      case 'help':
        return ack(buildHelp(command.command, deps.offered, deps.analyzePost !== undefined));
      case 'models':
        return ack(buildModels(deps.offered));
      case 'settings':
        await ack();
        return openSettings(command);
      case 'usage':
        await ack();
        return tellUsage(deps, command);
      case '':
        await ack();
        return openForm(command);
      default:
        await ack();
    }
    const earlier = readEarlierBatches(text);
    return earlier ? findEarlier(earlier, command) : draw(command, text);
  };
}

type OpenCommandForm = (command: SlashCommand, request?: CommandRequest) => Promise<void>;

/** Reads the words with the person's own defaults, and draws, or says what is wrong, or asks for a second look. */
function createDrawCommand(deps: SlackDeps, openForm: OpenCommandForm) {
  const { listen, known } = deps;
  return async (command: SlashCommand, text: string): Promise<void> => {
    const tell = notifyUser(deps, askerOf(command));
    await listen('command', tell, async () => {
      const preferences = await loadPreferences(deps, command.user_id);
      const offered = preferModel(deps.offered, preferences);
      const request = parseCommand(text, { offered, known, maximumCount: imagesPerBatch });
      if (request.kind === 'issues') return tell(issuesMessage(request, command.command));
      if (doubtLanguage(request.prompt, request.models)) return openForm(command, request);
      return start(deps, command, request, preferences);
    });
  };
}

async function start(
  deps: SlackDeps,
  command: SlashCommand,
  request: CommandRequest,
  preferences: Preferences,
): Promise<void> {
  const { models } = request;
  const prompt = request.refine ? await refinePrompt(deps, request.prompt, models[0]) : request.prompt;
  const ownStyle = request.withoutStyle ? undefined : preferredStyle(preferences, prompt, models);
  await startBatch(deps, {
    workspaceId: deps.workspaceId,
    channelId: command.channel_id,
    requesterId: command.user_id,
    prompt,
    negativePrompt: request.negativePrompt,
    aspectRatio: request.aspectRatio ?? preferredAspectRatio(preferences, models),
    style: request.style ?? ownStyle,
    seed: request.seed,
    models,
    count: request.count,
    responseUrl: command.response_url,
  });
}

/** Never in public: what somebody asked for is theirs. */
function tellUsage(deps: SlackDeps, command: SlashCommand): Promise<void> {
  const { listen, now, workspaceId } = deps;
  const tell = notifyUser(deps, askerOf(command));
  return listen('usage', tell, async () =>
    tell(usageSentence(await usageToday(deps, { workspaceId, userId: command.user_id }), now())),
  );
}

/** The form for words that are still to come, or that want a second look before money is spent. */
function createCommandForm(deps: SlackDeps): OpenCommandForm {
  const openForm = createOpenForm(deps);
  return (command, request) => {
    const draft: Draft = {
      version: 1,
      workspaceId: deps.workspaceId,
      userId: command.user_id,
      channelId: command.channel_id,
      id: deps.newId(),
      responseUrl: command.response_url,
      ...(request && { count: request.count }),
    };
    return openForm({
      event: 'command',
      triggerId: command.trigger_id,
      tell: notifyUser(deps, askerOf(command)),
      waiting: formWords.opening,
      graceMilliseconds: 500,
      prepare: () => prepareForm(deps, draft, request && valuesOfCommand(request)),
      forget: () => removeDraft(deps, draft),
    });
  };
}
