import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import { imagesPerBatch } from '../../core/batch/plan-batch.js';
import { usageToday } from '../../core/batch/quota.js';
import { startBatch } from '../../core/batch/start-batch.js';
import { type CheckedRequest, checkRequest, type RequestNote } from '../../core/prompt/command/check-request.js';
import { readFlags } from '../../core/prompt/command/flags.js';
import { guessCommand, readSubcommand } from '../../core/prompt/command/subcommands.js';
import type { DraftPost } from '../../core/prompt/draft.js';
import { translatePrompt } from '../../core/prompt/ideas.js';
import { doubtLanguage } from '../../core/prompt/language/prompt-language.js';
import { promptFromOwnWords } from '../../core/prompt/post/post-prompt.js';
import { type Preferences, preferModel, preferredAspectRatio, preferredStyle } from '../../core/prompt/preferences.js';
import { help, modelLine, noteSentence, notTranslated } from '../../text/command.js';
import { usageSentence } from '../../text/user-message.js';
import type { PressedButton } from '../actions/handle-click.js';
import { within } from '../api/listen.js';
import { escapeText, toPlainWords } from '../api/mrkdwn.js';
import { askerOf, notifyUser, sendToUser, type TypedCommand } from '../api/notify-user.js';
import { postToResponseUrl, type SlackMessage } from '../api/response-url.js';
import type { SlackDeps } from '../deps.js';
import { buildForm, type FormOptions } from '../form/build-form.js';
import { fillIdeas, textToWriteFor } from '../form/fill-ideas.js';
import { chooseVisibility, loadPreferences, openForm, planForm } from '../form/open-form.js';
import { section } from '../message/elements.js';
import { answerShow, listHistory, readShownBatch } from './history.js';
import { askAgain, askForCommand, askForCorrection } from './questions.js';
import { openSettings } from './settings.js';

/** `/imagine a red fox in the snow --ar 16:9`, and the words that are not a prompt: help, models, settings, usage, history. */
export async function answerCommand(deps: SlackDeps, { ack, command }: SlackCommandMiddlewareArgs): Promise<void> {
  const text = toPlainWords(command.text);
  const page = buildPage(deps, command, text);
  if (page) return ack({ response_type: 'ephemeral', ...page });
  await ack();
  await answerText(deps, command, text);
}

/** A form cannot be opened later than 3 seconds after the click. */
const maxMilliseconds = 1500;

/**
 * "Use watercolor", "Show history", "Draw “histroy”": as if the user who clicks had typed the button's text, so that
 * everything that holds for a command holds for it. The question goes away first, so that it is answered once.
 */
export async function answerQuestion(
  deps: SlackDeps,
  command: string,
  { ack, body, action: { value = '' } }: PressedButton,
  answer: (deps: SlackDeps, typed: TypedCommand, text: string) => Promise<void>,
): Promise<void> {
  await ack();
  const { response_url, trigger_id } = body;
  const onError = (error: unknown) => deps.log.info('question not removed', { error });
  await within(maxMilliseconds, postToResponseUrl(response_url, { delete_original: true }), onError);
  const where = { user_id: body.user.id, channel_id: body.channel?.id ?? '' };
  await answer(deps, { command, ...where, response_url, trigger_id }, value);
}

/** Acknowledged already. */
export async function answerText(deps: SlackDeps, command: TypedCommand, text: string): Promise<void> {
  const asker = askerOf(command);
  const page = buildPage(deps, command, text);
  if (page) return deps.listen('command', notifyUser(deps, asker), () => sendToUser(deps, asker, page));
  const word = readSubcommand(text);
  if (word === 'settings') return openSettings(deps, command);
  if (word === 'usage') return tellUsage(deps, command);
  if (word === 'history' || word === 'show') return listHistory(deps, command);
  if (text === '') return openCommandForm(deps, command);
  const name = readShownBatch(text);
  if (name) return answerShow(deps, command, name);
  const meant = guessCommand(text);
  if (!meant) return drawText(deps, command, text);
  return deps.listen('command', notifyUser(deps, asker), () => askForCommand(deps, command, text, meant));
}

/** What can be answered at once. */
function buildPage(
  { offered, analyzePost, writePrompts }: SlackDeps,
  { command }: TypedCommand,
  text: string,
): SlackMessage | undefined {
  const word = readSubcommand(text);
  if (word === 'help')
    return privateLines(
      help(command, offered[0], { analyzes: analyzePost !== undefined, writes: writePrompts !== undefined }),
    );
  if (word === 'models') return privateLines(offered.map((model, index) => modelLine(model, index === 0)));
  return undefined;
}

function privateLines(lines: string[]): SlackMessage {
  return { text: escapeText(lines.join('\n')), blocks: lines.map(section) };
}

/** Draws this text, whatever command it looks like. */
export async function drawText(deps: SlackDeps, command: TypedCommand, text: string): Promise<void> {
  const tell = notifyUser(deps, askerOf(command));
  const began = deps.now().getTime();
  await deps.listen('command', tell, async () => {
    const preferences = await loadPreferences(deps, command.user_id);
    const offered = preferModel(deps.offered, preferences);
    const { request, issues, notes } = checkRequest(readFlags(text), offered, imagesPerBatch);
    if (/^--(private|public)$/i.test(text)) return openCommandForm(deps, command, request);
    if (issues.length > 0) return askForCorrection(deps, command, text, issues);
    const isDoubtful = !request.asIs && doubtLanguage(request.prompt, request.models) !== undefined;
    const translates = deps.writePrompts && preferences.translation !== 'off';
    if (request.refine) await openIdeas(deps, command, request);
    else if (!isDoubtful) await start(deps, command, request, preferences);
    else if (translates) await translate(deps, command, { text, request, preferences, began });
    else await openCommandForm(deps, command, request);
    if (notes.length > 0) await tellNotes(deps, command, notes);
  });
}

/** The request is accepted by now, so a note that cannot be delivered is not its user's trouble. */
async function tellNotes(deps: SlackDeps, command: TypedCommand, notes: readonly RequestNote[]): Promise<void> {
  const tell = notifyUser(deps, askerOf(command));
  const onError = (error: unknown) => deps.log.warn('notes not delivered', { error });
  await tell(notes.map(noteSentence).join('\n')).catch(onError);
}

/** A trigger_id lives 3 seconds: a form that comes later than this may not open. */
const maxFormMilliseconds = 2000;

interface ForeignRequest {
  /** As it was typed, with its flags. */
  text: string;
  request: CheckedRequest;
  preferences: Preferences;
  /** When the command came, in milliseconds. */
  began: number;
}

/** Draws a prompt in another language from its translation. If there is none, its user is asked, as without a writer. */
async function translate(
  deps: SlackDeps,
  command: TypedCommand,
  { text, request, preferences, began }: ForeignRequest,
): Promise<void> {
  const { prompt: original, models } = request;
  const translated = await translatePrompt(deps, request);
  if ('prompt' in translated) {
    const promptLimit = Math.min(...models.map((modelInfo) => modelInfo.promptLimit));
    const prompt = promptFromOwnWords(translated.prompt, promptLimit - styleLength(request));
    return start(deps, command, { ...request, ...translated, prompt }, preferences, original);
  }
  const notice = notTranslated(translated.failure);
  if (deps.now().getTime() - began < maxFormMilliseconds) return openCommandForm(deps, command, request, { notice });
  return askAgain(deps, command, text, notice);
}

/** What a style adds to a prompt at most. */
const styleLength = ({ style }: CheckedRequest): number => (style ? style.words.length + 2 : 0);

async function start(
  deps: SlackDeps,
  command: TypedCommand,
  { refine: _, withoutStyle, asIs: __, ...request }: CheckedRequest,
  preferences: Preferences,
  original?: string,
): Promise<void> {
  const { models } = request;
  await startBatch(deps, {
    ...request,
    workspaceId: deps.workspaceId,
    channelId: command.channel_id,
    requesterId: command.user_id,
    aspectRatio: request.aspectRatio ?? preferredAspectRatio(preferences, models),
    style: request.style ?? (withoutStyle ? undefined : preferredStyle(preferences, request.prompt, models)),
    visibility: request.visibility ?? chooseVisibility(deps, preferences),
    responseUrl: command.response_url,
    original,
  });
}

function tellUsage(deps: SlackDeps, command: TypedCommand): Promise<void> {
  const { listen, now, workspaceId } = deps;
  const tell = notifyUser(deps, askerOf(command));
  return listen('usage', tell, async () =>
    tell(usageSentence(await usageToday(deps, { workspaceId, userId: command.user_id }), now())),
  );
}

/** The form for a prompt that is still to come, or that needs a second look before money is spent. */
function openCommandForm(
  deps: SlackDeps,
  command: TypedCommand,
  request?: CheckedRequest,
  { post, notice }: { post?: DraftPost; notice?: string } = {},
): Promise<void> {
  const asked = request && { count: request.count, visibility: request.visibility };
  const where = { channelId: command.channel_id, ...asked, ...(post && { post }) };
  const styleId = request?.withoutStyle ? '' : request?.style?.id;
  const initial = request && { ...request, styleId, ...(post?.isWriting && { prompt: '' }) };
  let form: FormOptions | undefined;
  return openForm(deps, {
    event: 'command',
    triggerId: command.trigger_id,
    asker: askerOf(command),
    async prepare(draft) {
      form = { ...(await planForm(deps, { ...draft, ...where }, initial)), ...(notice && { notice }) };
      return buildForm(form);
    },
    afterwards: async (shown) => form && fillIdeas(deps, form, shown),
  });
}

/** `--refine`: prompts to choose from, before anything is drawn. Only this user sees them. */
function openIdeas(deps: SlackDeps, command: TypedCommand, request: CheckedRequest): Promise<void> {
  const post = textToWriteFor(deps, { text: request.prompt, isTyped: true });
  return openCommandForm(deps, command, request, { post });
}
