import { ApiError } from '../api-error.js';
import { buttonsIn } from '../block-kit/walk.js';
import { toldMessage } from '../content.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Acknowledgement, ClickInput, CommandInput, ShortcutInput } from '../driver.js';
import type { Message } from '../model.js';
import { applyResponse } from '../response-url.js';
import type { Origin } from '../single-use.js';
import {
  enterpriseFields,
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

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export async function click(context: Context, input: ClickInput): Promise<Acknowledgement> {
  const { user, actionId, blockId } = input;
  const message = findSeen(context, input);
  if (message.botId !== context.state.app.botId) throw new Error(`The message ${message.ts} is not the app's.`);
  const actions = buttonsIn(message.blocks);
  const pressed = actions.find(
    (action) => action.element.action_id === actionId && action.blockId === (blockId ?? action.blockId),
  );
  if (!pressed) {
    const there = actions.map(({ element }) => element.action_id).join(', ');
    throw new Error(`The message ${message.ts} has no ${actionId}; it has: ${there || 'nothing'}.`);
  }
  const payload = {
    ...interaction(context, 'block_actions', user),
    ...placeOf(context, message, user),
    state: { values: {} },
    trigger_id: context.triggers.issue(user),
    response_url: newResponseUrl(context, { kind: 'actions', channel: message.channel, user, messageTs: message.ts }),
    actions: [toldAction(context, pressed)],
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
