import { ApiError } from '../api-error.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Acknowledgement } from '../driver.js';
import type { CommandInput } from '../inputs.js';
import type { JsonObject } from '../model.js';
import { applyResponse, parseResponse } from '../respond.js';
import type { Origin } from '../response-urls.js';
import {
  enterpriseFields,
  joinedChannel,
  knownPerson,
  newResponseUrl,
  toldName,
  verificationToken,
} from './interaction.js';
import { escapeTyped } from './typed-text.js';

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
function commandPayload(context: Context, input: CommandInput & { command: string }, origin: Origin): JsonObject {
  const { team, app } = context.state;
  const channel = joinedChannel(context, input.channel, input.user);
  return {
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    ...enterpriseFields(context),
    channel_id: channel.id,
    channel_name: toldName(channel),
    user_id: input.user,
    user_name: knownPerson(context, input.user).name,
    command: input.command,
    text: escapeTyped(context.state, input.text),
    api_app_id: app.id,
    is_enterprise_install: String(context.state.enterprise?.isInstalled ?? false),
    response_url: newResponseUrl(context, origin),
    trigger_id: context.triggers.issue(input.user),
  };
}

/** `in_channel` shows what the person typed to all. */
function echo(context: Context, input: CommandInput & { command: string }): void {
  context.state.messages.push({
    channel: input.channel,
    ts: context.ids.timestamp(),
    user: input.user,
    text: `${input.command} ${escapeTyped(context.state, input.text)}`.trim(),
    blocks: [],
    attachments: [],
    files: [],
    isEdited: false,
  });
  context.state.changed();
}

/** An acknowledgement may itself be a message. */
async function applyAck(
  context: Context,
  input: CommandInput & { command: string },
  origin: Origin,
  ack: unknown,
): Promise<void> {
  if (ack === undefined || ack === null || Object.keys(Object(ack)).length === 0) return;
  const message = parseResponse(ack);
  if (message.response_type === 'in_channel') echo(context, input);
  const isEchoOnly = message.text === undefined && message.blocks === undefined && message.attachments === undefined;
  if (!isEchoOnly) await applyResponse(context, origin, message);
}

export async function command(context: Context, asked: CommandInput): Promise<Acknowledgement> {
  const input = { ...asked, command: asked.command ?? '/imagine' };
  const origin: Origin = { kind: 'command', channel: input.channel, user: input.user };
  const payload = commandPayload(context, input, origin);
  const result = await deliver(context, { type: 'slash_commands', payload });
  if (!result.acknowledged) return result;
  try {
    await applyAck(context, input, origin, result.ack);
    return result;
  } catch (error) {
    if (error instanceof ApiError) return { acknowledged: false, failure: 'invalid_command_response' };
    throw error;
  }
}
