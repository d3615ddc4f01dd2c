import { ApiError } from './api-error.js';
import type { Context } from './context.js';
import type { Channel } from './model.js';
import { appConversation } from './state.js';

/** The channel as the bot can know it: private ones and other people's conversations only as a member. */
export function visibleChannel(context: Context, id: string): Channel {
  const { state, ids } = context;
  // A user id stands for the app's conversation with that person: https://docs.slack.dev/reference/methods/chat.postMessage
  const channel = state.people.has(id) ? appConversation(state, id, ids) : state.channels.get(id);
  const isMember = channel?.members.has(state.app.botUserId) ?? false;
  if (!channel || (channel.kind !== 'public' && !isMember)) throw new ApiError('channel_not_found');
  return channel;
}

/** The channel, if the bot may post there; throws the error that says why not. */
export function postableChannel(context: Context, id: string): Channel {
  const channel = visibleChannel(context, id);
  if (channel.kind === 'app' && !context.settings.messagesTab) throw new ApiError('messages_tab_disabled');
  if (channel.isArchived) throw new ApiError('is_archived');
  const isMember = channel.members.has(context.state.app.botUserId);
  if (!isMember && !context.credentials.scopes.includes('chat:write.public')) throw new ApiError('not_in_channel');
  if (channel.isRestricted) throw new ApiError('restricted_action');
  return channel;
}
