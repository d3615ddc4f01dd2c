import { z } from 'zod';
import { ApiError } from '../api-error.js';
import { addAppMessage, admitContent, replaceContent, toldMessage } from '../content.js';
import type { Context } from '../context.js';
import { shareImageFiles } from '../images.js';
import type { JsonObject, Message } from '../model.js';
import { findPosted, postableChannel, removeMessage, visibleChannel } from '../state.js';
import { type Methods, parseArguments } from './method.js';

const channel = z.string();
const ts = z.string();
const content = { text: z.string().nullish(), blocks: z.unknown().optional() };
const thread_ts = z.string().optional();

const postArguments = z.object({ channel, ...content, thread_ts });
const updateArguments = z.object({ channel, ts, ...content });
const deleteArguments = z.object({ channel, ts });
const ephemeralArguments = z.object({ channel, user: z.string(), ...content, thread_ts });
const permalinkArguments = z.object({ channel, message_ts: ts });

const maxUpdatedTextLength = 4000; // https://docs.slack.dev/reference/methods/chat.update, msg_too_long

async function postMessage(context: Context, given: JsonObject): Promise<JsonObject> {
  const wanted = parseArguments(postArguments, given);
  const { id } = postableChannel(context, wanted.channel);
  const admitted = await admitContent(context, wanted);
  shareImageFiles(context, admitted.blocks, id);
  const message = addAppMessage(context, admitted, { channel: id, threadTs: wanted.thread_ts });
  return { channel: id, ts: message.ts, message: toldMessage(context, message) };
}

async function update(context: Context, given: JsonObject): Promise<JsonObject> {
  const wanted = parseArguments(updateArguments, given);
  if (visibleChannel(context, wanted.channel).isArchived) throw new ApiError('is_inactive');
  const message = ownMessage(context, wanted, 'cant_update_message');
  if ((wanted.text ?? '').length > maxUpdatedTextLength) throw new ApiError('msg_too_long');
  const admitted = await admitContent(context, wanted);
  // The message may have been deleted while its new images were downloaded.
  if (!findPosted(context.state, message.channel, message.ts)) throw new ApiError('message_not_found');
  replaceContent(context, message, admitted);
  return { channel: message.channel, ts: message.ts, text: message.text, message: toldMessage(context, message) };
}

function deleteMessage(context: Context, given: JsonObject): JsonObject {
  const message = ownMessage(context, parseArguments(deleteArguments, given), 'cant_delete_message');
  removeMessage(context.state, message);
  return { channel: message.channel, ts: message.ts };
}

function ownMessage(context: Context, wanted: { channel: string; ts: string }, refusal: string): Message {
  const message = findPosted(context.state, visibleChannel(context, wanted.channel).id, wanted.ts);
  if (!message) throw new ApiError('message_not_found');
  if (message.botId !== context.state.app.botId) throw new ApiError(refusal);
  return message;
}

async function postEphemeral(context: Context, given: JsonObject): Promise<JsonObject> {
  const { user, thread_ts: threadTs, ...wanted } = parseArguments(ephemeralArguments, given);
  const place = visibleChannel(context, wanted.channel);
  if (place.isArchived) throw new ApiError('is_archived');
  if (!place.members.has(context.state.app.botUserId)) throw new ApiError('not_in_channel');
  if (!place.members.has(user)) throw new ApiError('user_not_in_channel');
  const admitted = await admitContent(context, wanted);
  const message = addAppMessage(context, admitted, { channel: place.id, threadTs, visibleTo: user });
  return { message_ts: message.ts };
}

function getPermalink(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(permalinkArguments, given);
  const { id } = visibleChannel(context, wanted.channel);
  const message = findPosted(context.state, id, wanted.message_ts);
  if (!message) throw new ApiError('message_not_found');
  const link = `https://${context.state.team.domain}.slack.com/archives/${id}/p${message.ts.replace('.', '')}`;
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${id}` : '';
  return { channel: id, permalink: link + thread };
}

/** https://docs.slack.dev/reference/methods?family=chat */
export const chatMethods: Methods = {
  'chat.postMessage': { scope: 'chat:write', run: postMessage },
  'chat.update': { scope: 'chat:write', run: update },
  'chat.delete': { scope: 'chat:write', run: deleteMessage },
  'chat.postEphemeral': { scope: 'chat:write', run: postEphemeral },
  'chat.getPermalink': { run: getPermalink },
};
