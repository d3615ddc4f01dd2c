import { ApiError } from '../api-error.js';
import { byPlace, startingValues, toldValue, withChoice } from '../block-kit/fields.js';
import { actionsIn } from '../block-kit/walk.js';
import { toldMessage } from '../content.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Acknowledgement, ChooseInput, ClickInput, CommandInput, ShortcutInput } from '../driver.js';
import type { Message } from '../model.js';
import { applyResponse } from '../response-url.js';
import type { Origin } from '../single-use.js';
import {
  enterpriseFields,
  findAction,
  interaction,
  joinedChannel,
  knownPerson,
  toldAction,
  toldName,
  verificationToken,
} from './interaction.js';
import { escapeTyped } from './post.js';
import { findSeen } from './read.js';

const newResponseUrl = (context: Context, origin: Origin): string => context.url() + context.responseUrls.issue(origin);

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export async function command(
  context: Context,
  { user, channel: channelId, text, command: name = '/imagine' }: CommandInput,
): Promise<Acknowledgement> {
  const { team, app, enterprise } = context.state;
  const channel = joinedChannel(context, channelId, user);
  const origin: Origin = { kind: 'commands', channel: channel.id, user };
  const payload = {
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    ...enterpriseFields(context),
    channel_id: channel.id,
    channel_name: toldName(channel),
    user_id: user,
    user_name: knownPerson(context, user).name,
    command: name,
    text: escapeTyped(context.state, text),
    api_app_id: app.id,
    is_enterprise_install: String(enterprise?.isInstalled ?? false),
    response_url: newResponseUrl(context, origin),
    trigger_id: context.triggers.issue(user),
  };
  const result = await deliver(context, { type: 'slash_commands', payload });
  if (!result.acknowledged || Object.keys(Object(result.ack)).length === 0) return result;
  try {
    await applyResponse(context, origin, Object(result.ack)); // an acknowledgement may itself be a message
    return result;
  } catch (error) {
    if (error instanceof ApiError) return { acknowledged: false, failure: 'invalid_command_response' };
    throw error;
  }
}

export async function click(context: Context, input: ClickInput): Promise<Acknowledgement> {
  const { message, ...pressed } = findOwn(context, input);
  if (pressed.element.type !== 'button') throw new Error(`${input.actionId} is a menu: choose from it.`);
  return sendAction(context, input.user, message, pressed);
}

/** The menu shows the choice to this person until they reload Slack; others do not see it. */
export async function choose(context: Context, input: ChooseInput): Promise<Acknowledgement> {
  const { user, actionId, value } = input;
  const { message, blockId, element } = findOwn(context, input);
  if (element.type === 'button') throw new Error(`${actionId} is a button: click it.`);
  if (element.type === 'static_select') {
    const before = message.choices?.get(user) ?? startingValues(message.blocks);
    const after = withChoice(before, { blockId, element }, value ?? undefined);
    message.choices = new Map([...(message.choices ?? []), [user, after]]);
    context.state.changed();
  }
  return sendAction(context, user, message, { blockId, element }, value ?? undefined);
}

/** The message, which must be the app's, and what this person acts on in it. */
function findOwn(context: Context, input: Pick<ClickInput, 'user' | 'channel' | 'messageTs' | 'actionId' | 'blockId'>) {
  const message = findSeen(context, input);
  if (message.botId !== context.state.app.botId) throw new Error(`The message ${message.ts} is not the app's.`);
  return { message, ...findAction(actionsIn(message.blocks), input, `The message ${message.ts}`) };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function sendAction(
  context: Context,
  user: string,
  message: Message,
  place: Parameters<typeof toldAction>[1],
  value?: string,
): Promise<Acknowledgement> {
  const chosen = message.choices?.get(user) ?? startingValues(message.blocks);
  const payload = {
    ...interaction(context, 'block_actions', user),
    ...placeOf(context, message, user),
    state: { values: byPlace(message.blocks, chosen, toldValue) },
    trigger_id: context.triggers.issue(user),
    response_url: newResponseUrl(context, { kind: 'actions', channel: message.channel, user, messageTs: message.ts }),
    actions: [toldAction(context, place, value)],
  };
  return deliver(context, { type: 'block_actions', payload });
}

function placeOf(context: Context, message: Message, user: string) {
  const channel = joinedChannel(context, message.channel, user);
  const isEphemeral = message.visibleTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs && { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: toldName(channel) },
    ...(!isEphemeral && { message: toldMessage(context, message) }),
  };
}

/** https://docs.slack.dev/interactivity/implementing-shortcuts */
export async function shortcut(context: Context, input: ShortcutInput): Promise<Acknowledgement> {
  const { user, callbackId } = input;
  const message = findSeen(context, input);
  if (message.visibleTo !== undefined) throw new Error('Ephemeral messages have no shortcuts.');
  const channel = joinedChannel(context, input.channel, user);
  const payload = {
    ...interaction(context, 'message_action', user),
    action_ts: context.ids.timestamp(),
    callback_id: callbackId,
    trigger_id: context.triggers.issue(user),
    response_url: newResponseUrl(context, { kind: 'app', channel: channel.id, user }),
    message_ts: message.ts,
    channel: { id: channel.id, name: toldName(channel) },
    message: toldMessage(context, message),
  };
  return deliver(context, { type: 'message_action', payload });
}
