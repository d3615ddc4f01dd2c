import { z } from 'zod';
import { ApiError } from '../api-error.js';
import { admitContent } from '../content.js';
import type { Context } from '../context.js';
import { postableChannel, visibleChannel } from '../conversations.js';
import { shareImageFiles } from '../image-files.js';
import { addAppMessage, replaceContent, toldMessage } from '../messages.js';
import type { JsonObject, Message } from '../model.js';
import { findPosted, removeMessage } from '../state.js';
import { type Methods, parseArguments } from './method.js';

const content = {
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? undefined),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  metadata: z.unknown().optional(),
};
const channel = z.string();
const ts = z.string();
const threadTs = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const postArguments = z.object({ channel, ...content, thread_ts: threadTs });
const updateArguments = z.object({ channel, ts, ...content });
const messageArguments = z.object({ channel, ts });
const permalinkArguments = z.object({ channel, message_ts: ts });
const ephemeralArguments = z.object({ channel, user: z.string(), ...content, thread_ts: threadTs });

const updatedTextLimit = 4000; // https://docs.slack.dev/reference/methods/chat.update, msg_too_long

function ownMessage(context: Context, channelId: string, messageTs: string, refusal: string): Message {
  const place = visibleChannel(context, channelId);
  const message = findPosted(context.state, place.id, messageTs);
  if (!message) throw new ApiError('message_not_found');
  if (message.botId !== context.state.app.botId) throw new ApiError(refusal);
  return message;
}

async function postMessage(context: Context, given: JsonObject): Promise<JsonObject> {
  const wanted = parseArguments(postArguments, given);
  const place = postableChannel(context, wanted.channel);
  const admitted = await admitContent(context, wanted);
  shareImageFiles(context, admitted.blocks, place.id);
  const message = addAppMessage(context, admitted, { channel: place.id, threadTs: wanted.thread_ts });
  return { channel: place.id, ts: message.ts, message: toldMessage(context, message) };
}

async function update(context: Context, given: JsonObject): Promise<JsonObject> {
  const wanted = parseArguments(updateArguments, given);
  if (visibleChannel(context, wanted.channel).isArchived) throw new ApiError('is_inactive');
  const message = ownMessage(context, wanted.channel, wanted.ts, 'cant_update_message');
  if ((wanted.text ?? '').length > updatedTextLimit) throw new ApiError('msg_too_long');
  const admitted = await admitContent(context, wanted);
  // The message may have been deleted while its new images were downloaded.
  if (!findPosted(context.state, message.channel, message.ts)) throw new ApiError('message_not_found');
  replaceContent(context, message, admitted, wanted.metadata === undefined);
  return { channel: message.channel, ts: message.ts, text: message.text, message: toldMessage(context, message) };
}

function deleteMessage(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(messageArguments, given);
  const message = ownMessage(context, wanted.channel, wanted.ts, 'cant_delete_message');
  removeMessage(context.state, message);
  return { channel: message.channel, ts: message.ts };
}

async function postEphemeral(context: Context, given: JsonObject): Promise<JsonObject> {
  const wanted = parseArguments(ephemeralArguments, given);
  const place = visibleChannel(context, wanted.channel);
  if (place.isArchived) throw new ApiError('is_archived');
  if (!place.members.has(context.state.app.botUserId)) throw new ApiError('not_in_channel');
  if (!place.members.has(wanted.user)) throw new ApiError('user_not_in_channel');
  const admitted = await admitContent(context, wanted);
  const message = addAppMessage(context, admitted, {
    channel: place.id,
    threadTs: wanted.thread_ts,
    visibleTo: wanted.user,
  });
  return { message_ts: message.ts };
}

function getPermalink(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(permalinkArguments, given);
  const place = visibleChannel(context, wanted.channel);
  const message = findPosted(context.state, place.id, wanted.message_ts);
  if (!message) throw new ApiError('message_not_found');
  const { team } = context.state;
  const link = `https://${team.domain}.slack.com/archives/${place.id}/p${message.ts.replace('.', '')}`;
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${place.id}` : '';
  return { channel: place.id, permalink: link + thread };
}

/** https://docs.slack.dev/reference/methods?family=chat */
export const chatMethods: Methods = {
  'chat.postMessage': { token: 'bot', scope: 'chat:write', run: postMessage },
  'chat.update': { token: 'bot', scope: 'chat:write', run: update },
  'chat.delete': { token: 'bot', scope: 'chat:write', run: deleteMessage },
  'chat.postEphemeral': { token: 'bot', scope: 'chat:write', run: postEphemeral },
  'chat.getPermalink': { token: 'bot', run: getPermalink },
};
