import { extname } from 'node:path';
import type { Context } from './context.js';
import type { UploadInput } from './driver.js';
import type { JsonObject, SlackFile } from './model.js';

/** Slack names the type of a person's file after its name, whatever is in it. */
const mediaTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  txt: 'text/plain',
};

export const extensionOf = (name: string): string => extname(name).slice(1).toLowerCase();

/** A file that a person adds to a post or to a form. */
export function upload(context: Context, user: string, { name, content, title = name }: UploadInput): SlackFile {
  const { state, ids, now, settings } = context;
  if (content.length === 0) throw new Error(`${name} is empty: Slack takes no such file.`);
  const file: SlackFile = {
    id: ids.next('F'),
    user,
    name,
    title,
    length: content.length,
    content,
    mediaType: mediaTypes[extensionOf(name)] ?? 'application/octet-stream',
    isComplete: true,
    createdAt: now(),
    processedAt: new Date(now().getTime() + settings.fileProcessingMs),
    sharedIn: new Set(),
    isGivenToApp: false,
  };
  state.files.set(file.id, file);
  return file;
}

/**
 * Whether the app sees the file: its own, one that came in a form of its, or one of a conversation that it is in.
 * https://docs.slack.dev/reference/scopes/files.read
 */
export function isVisibleToApp({ state }: Context, file: SlackFile): boolean {
  const { app, channels } = state;
  const isIn = (id: string): boolean => channels.get(id)?.members.has(app.botUserId) ?? false;
  return file.user === app.botUserId || file.isGivenToApp || [...file.sharedIn].some(isIn);
}

/** A file object, as in messages, forms and answers. https://docs.slack.dev/reference/objects/file-object */
export function toldFile({ state, url, now }: Context, file: SlackFile): JsonObject {
  const { team, channels } = state;
  const { id, name, title, user, length: size, altText } = file;
  const created = Math.floor(file.createdAt.getTime() / 1000);
  const path = `/files-pri/${team.id}-${id}`;
  const isProcessed = file.processedAt <= now();
  const filetype = isProcessed ? extensionOf(name).replace('jpeg', 'jpg') || 'binary' : '';
  return {
    id,
    created,
    timestamp: created,
    name,
    title,
    // empty until the file is processed: https://github.com/slackapi/java-slack-sdk/issues/1349
    mimetype: isProcessed ? file.mediaType : '',
    filetype,
    pretty_type: filetype.toUpperCase(),
    user,
    user_team: team.id,
    editable: false,
    size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: [...file.sharedIn].some((channel) => channels.get(channel)?.kind === 'public'),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${url()}${path}/${encodeURIComponent(name)}`,
    url_private_download: `${url()}${path}/download/${encodeURIComponent(name)}`,
    permalink: `https://${team.domain}.slack.com/files/${user}/${id}/${encodeURIComponent(name)}`,
    has_rich_preview: false,
    file_access: 'visible',
    ...(altText && { alt_txt: altText }),
  };
}
