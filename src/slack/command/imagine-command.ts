import type { RespondArguments, SlackCommandMiddlewareArgs, SlashCommand } from '@slack/bolt';
import { imagesPerBatch } from '../../core/batch/plan-batch.js';
import { usageToday } from '../../core/batch/quota.js';
import { startBatch } from '../../core/batch/start-batch.js';
import { type CheckedRequest, checkRequest } from '../../core/prompt/command/check-request.js';
import { readFlags } from '../../core/prompt/command/flags.js';
import { doubtLanguage } from '../../core/prompt/language/prompt-language.js';
import { type Preferences, preferModel, preferredAspectRatio, preferredStyle } from '../../core/prompt/preferences.js';
import { help, issuesMessage, modelLine } from '../../text/command.js';
import { usageSentence } from '../../text/user-message.js';
import { escapeText, toPlainWords } from '../api/mrkdwn.js';
import { askerOf, notifyUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { loadPreferences, openForm, prepareForm } from '../form/open-form.js';
import { section } from '../message/elements.js';
import { proposePrompt } from '../post/imagine-from-post.js';
import { answerShow, listHistory, readShownBatch } from './history.js';
import { openSettings } from './settings.js';

/** `/imagine a red fox in the snow --ar 16:9`, and the words that are not a prompt: help, models, settings, usage, history. */
export async function answerCommand(deps: SlackDeps, { ack, command }: SlackCommandMiddlewareArgs): Promise<void> {
  const text = toPlainWords(command.text);
  const word = text.toLowerCase();
  const { offered, analyzePost } = deps;
  if (word === 'help') return ack(privateLines(help(command.command, offered[0], analyzePost !== undefined)));
  if (word === 'models') return ack(privateLines(offered.map((model, index) => modelLine(model, index === 0))));
  await ack();
  if (word === 'settings') return openSettings(deps, command);
  if (word === 'usage') return tellUsage(deps, command);
  if (word === 'history' || word === 'show') return listHistory(deps, command);
  if (word === '') return openCommandForm(deps, command);
  const name = readShownBatch(text);
  return name ? answerShow(deps, command, name) : draw(deps, command, text);
}

function privateLines(lines: string[]): RespondArguments {
  return { response_type: 'ephemeral', text: escapeText(lines.join('\n')), blocks: lines.map(section) };
}

async function draw(deps: SlackDeps, command: SlashCommand, text: string): Promise<void> {
  const tell = notifyUser(deps, askerOf(command));
  await deps.listen('command', tell, async () => {
    const preferences = await loadPreferences(deps, command.user_id);
    const offered = preferModel(deps.offered, preferences);
    const { request, issues } = checkRequest(readFlags(text), offered, imagesPerBatch);
    if (issues.length > 0) return tell(issuesMessage(issues, text, command.command));
    if (doubtLanguage(request.prompt, request.models)) return openCommandForm(deps, command, request);
    return start(deps, command, request, preferences);
  });
}

async function start(
  deps: SlackDeps,
  command: SlashCommand,
  { refine, withoutStyle, ...request }: CheckedRequest,
  preferences: Preferences,
): Promise<void> {
  const { models } = request;
  const proposal = refine ? await proposePrompt(deps, request.prompt, models[0].promptLimit) : undefined;
  const prompt = proposal?.prompt || request.prompt;
  await startBatch(deps, {
    ...request,
    workspaceId: deps.workspaceId,
    channelId: command.channel_id,
    requesterId: command.user_id,
    prompt,
    aspectRatio: request.aspectRatio ?? preferredAspectRatio(preferences, models),
    style: request.style ?? (withoutStyle ? undefined : preferredStyle(preferences, prompt, models)),
    responseUrl: command.response_url,
  });
}

function tellUsage(deps: SlackDeps, command: SlashCommand): Promise<void> {
  const { listen, now, workspaceId } = deps;
  const tell = notifyUser(deps, askerOf(command));
  return listen('usage', tell, async () =>
    tell(usageSentence(await usageToday(deps, { workspaceId, userId: command.user_id }), now())),
  );
}

/** The form for a prompt that is still to come, or that needs a second look before money is spent. */
function openCommandForm(deps: SlackDeps, command: SlashCommand, request?: CheckedRequest): Promise<void> {
  const where = { channelId: command.channel_id, ...(request && { count: request.count }) };
  const styleId = request?.withoutStyle ? '' : request?.style?.id;
  return openForm(deps, {
    event: 'command',
    triggerId: command.trigger_id,
    asker: askerOf(command),
    prepare: (draft) => prepareForm(deps, { ...draft, ...where }, request && { ...request, styleId }),
  });
}
