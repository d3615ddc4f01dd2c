import type { ActionElement } from '../block-kit/elements.js';
import { actionsIn } from '../block-kit/walk.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { ClickResult } from '../driver.js';
import type { ClickInput } from '../inputs.js';
import { toldMessage } from '../messages.js';
import type { JsonObject, Message } from '../model.js';
import { actionOf, isCancelled } from './choose.js';
import { interaction, joinedChannel, knownPerson, newResponseUrl, toldName } from './interaction.js';
import { findSeen } from './read.js';

interface Pressed {
  element: ActionElement;
  blockId: string;
}

function findAction(message: Message, input: ClickInput): Pressed {
  const found = actionsIn(message.blocks).find(
    ({ element, blockId }) => element.action_id === input.actionId && blockId === (input.blockId ?? blockId),
  );
  if (found) return found;
  const there = actionsIn(message.blocks).map(({ element }) => element.action_id);
  throw new Error(`The message ${message.ts} has no ${input.actionId}; it has: ${there.join(', ') || 'nothing'}.`);
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function clickPayload(
  context: Context,
  input: ClickInput,
  message: Message,
  { element, blockId }: Pressed,
): JsonObject {
  const channel = joinedChannel(context, input.channel, input.user);
  const isEphemeral = message.visibleTo !== undefined;
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  const origin = { kind: 'button', channel: channel.id, user: input.user, messageTs: message.ts } as const;
  return {
    ...interaction(context, 'block_actions', knownPerson(context, input.user)),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    channel: { id: channel.id, name: toldName(channel) },
    ...(isEphemeral ? {} : { message: toldMessage(context, message) }),
    state: { values: {} },
    trigger_id: context.triggers.issue(input.user),
    response_url: newResponseUrl(context, origin),
    actions: [
      {
        action_id: element.action_id,
        block_id: blockId,
        ...actionOf(element, input.selected ?? []),
        action_ts: context.ids.timestamp(),
      },
    ],
  };
}

/** Presses a button, or chooses from a menu, of a message that this person sees. */
export async function click(context: Context, input: ClickInput): Promise<ClickResult> {
  const message = findSeen(context, input);
  if (message.botId !== context.state.app.botId) throw new Error(`The message ${message.ts} is not the app's.`);
  const pressed = findAction(message, input);
  if (isCancelled(pressed.element, input.confirm)) return { acknowledged: false, failure: 'cancelled' };
  const payload = clickPayload(context, input, message, pressed);
  return deliver(context, { type: 'block_actions', payload });
}
