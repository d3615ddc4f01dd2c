import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Acknowledgement } from '../driver.js';
import type { ShortcutInput } from '../inputs.js';
import { toldMessage } from '../messages.js';
import { interaction, joinedChannel, knownPerson, newResponseUrl, toldName } from './interaction.js';
import { findSeen } from './read.js';

/** Picks a message shortcut from a message's menu. https://docs.slack.dev/interactivity/implementing-shortcuts */
export async function shortcut(context: Context, input: ShortcutInput): Promise<Acknowledgement> {
  const message = findSeen(context, input);
  if (message.visibleTo !== undefined) throw new Error('Ephemeral messages have no shortcuts.');
  const channel = joinedChannel(context, input.channel, input.user);
  const payload = {
    ...interaction(context, 'message_action', knownPerson(context, input.user)),
    action_ts: context.ids.timestamp(),
    callback_id: input.callbackId,
    trigger_id: context.triggers.issue(input.user),
    response_url: newResponseUrl(context, { kind: 'shortcut', channel: channel.id, user: input.user }),
    message_ts: message.ts,
    channel: { id: channel.id, name: toldName(channel) },
    message: toldMessage(context, message),
  };
  return deliver(context, { type: 'message_action', payload });
}
