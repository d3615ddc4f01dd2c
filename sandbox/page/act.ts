import { z } from 'zod';
import type { Workspace } from '../workspace/driver.js';
import type { Outcome } from './protocol.js';

const id = z.string().min(1).max(300);
const text = z.string().max(12_000);
/** A file from the user's disk, its bytes in base64. */
const files = z.array(z.object({ name: id, content: z.base64().transform((bytes) => Buffer.from(bytes, 'base64')) }));
/** The fields of a modal, by block_id: text, the value of the selected option, those of ticked checkboxes, or files. */
const values = z.record(z.string(), z.union([text, z.array(text).readonly(), files]).nullable());

const actSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), user: id, channel: id, command: id, text }),
  z.object({ kind: z.literal('post'), user: id, channel: id, text, files: files.optional(), threadTs: id.optional() }),
  z.object({ kind: z.literal('click'), user: id, channel: id, messageTs: id, actionId: id, blockId: id }),
  z.object({
    kind: z.literal('choose'),
    user: id,
    channel: id,
    messageTs: id,
    actionId: id,
    blockId: id,
    value: text.nullable(),
  }),
  z.object({ kind: z.literal('shortcut'), user: id, channel: id, messageTs: id, callbackId: id }),
  z.object({ kind: z.literal('type'), user: id, values }),
  z.object({ kind: z.literal('click_in_view'), user: id, actionId: id, blockId: id, values }),
  z.object({
    kind: z.literal('choose_in_view'),
    user: id,
    actionId: id,
    blockId: id,
    value: text.nullable(),
    values,
  }),
  z.object({ kind: z.literal('submit'), user: id, values }),
  z.object({ kind: z.literal('close'), user: id }),
  z.object({ kind: z.literal('dismiss'), user: id }),
]);

/** Something that a user does on the page. */
export type Act = z.input<typeof actSchema>;

/** Performs it in the workspace. Resolves once the app has answered or Slack has given up. */
export async function act(workspace: Workspace, body: unknown): Promise<Outcome> {
  const wanted = actSchema.parse(body);
  switch (wanted.kind) {
    case 'command':
      return outcomeOf(await workspace.command(wanted));
    case 'post':
      workspace.post(wanted);
      return {};
    case 'click':
      return outcomeOf(await workspace.click(wanted));
    case 'choose':
      return outcomeOf(await workspace.choose(wanted));
    case 'shortcut':
      return outcomeOf(await workspace.shortcut(wanted));
    case 'type':
      await workspace.typeInView(wanted);
      return {};
    case 'click_in_view':
      return outcomeOf(await workspace.clickInView(wanted));
    case 'choose_in_view':
      return outcomeOf(await workspace.chooseInView(wanted));
    case 'submit':
      return outcomeOf(await workspace.submitView(wanted));
    case 'close':
      if (workspace.openView(wanted.user)) await workspace.closeView(wanted.user);
      return {};
    case 'dismiss':
      if (workspace.openView(wanted.user)) await workspace.dismissView(wanted.user);
      return {};
  }
}

const outcomeOf = (result: object): Outcome =>
  'failure' in result && typeof result.failure === 'string' ? { failure: result.failure } : {};
