import { z } from 'zod';
import type { ClickResult, Submission, Workspace } from '../workspace/driver.js';
import type { Outcome } from './protocol.js';

const id = z.string().min(1).max(300);
const text = z.string().max(12_000);
const selected = z.array(id).max(100).optional();

/** What stands in the fields of a modal, by block_id. */
const values = z.record(z.string(), z.union([text, z.array(text), z.null()]));

const actSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), user: id, channel: id, command: id, text }),
  z.object({ kind: z.literal('post'), user: id, channel: id, text, threadTs: id.optional() }),
  z.object({ kind: z.literal('click'), user: id, channel: id, messageTs: id, actionId: id, blockId: id, selected }),
  z.object({ kind: z.literal('shortcut'), user: id, channel: id, messageTs: id, callbackId: id }),
  z.object({ kind: z.literal('click_in_view'), user: id, actionId: id, blockId: id, selected, values }),
  z.object({ kind: z.literal('submit'), user: id, values }),
  z.object({ kind: z.literal('close'), user: id }),
]);

/** Something that a person does on the page. */
export type Act = z.infer<typeof actSchema>;

const done: Outcome = { outcome: 'done' };

/** Does it in the workspace; resolves when the app has answered, or Slack has given up on it. */
export async function act(workspace: Workspace, body: unknown): Promise<Outcome> {
  const asked = actSchema.parse(body);
  switch (asked.kind) {
    case 'command':
      return fromAcknowledgement(await workspace.command(asked));
    case 'post':
      workspace.post(asked);
      return done;
    case 'click':
      return fromAcknowledgement(await workspace.click(asked));
    case 'shortcut':
      return fromAcknowledgement(await workspace.shortcut(asked));
    case 'click_in_view':
      return fromAcknowledgement(await workspace.clickInView(asked));
    case 'submit':
      return fromSubmission(await workspace.submitView(asked));
    case 'close':
      if (workspace.openView(asked.user)) await workspace.closeView(asked.user);
      return done;
  }
}

function fromAcknowledgement(result: ClickResult): Outcome {
  return result.acknowledged ? done : { outcome: 'failed', failure: result.failure };
}

function fromSubmission(submission: Submission): Outcome {
  if (submission.outcome === 'failed') return { outcome: 'failed', failure: submission.failure };
  return submission.outcome === 'errors' ? { outcome: 'field_errors' } : done;
}
