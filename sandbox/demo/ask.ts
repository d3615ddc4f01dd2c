import type { SeenMessage, SeenView } from '../workspace/seen.js';
import { answersOf, type Stage } from './stage.js';

/** Finds the message in which the images come. */
export type FindMessage = () => SeenMessage | undefined;

/** Ana types the command. Answers undefined where the app had something to say instead of drawing. */
export async function askByCommand(stage: Stage, text: string): Promise<FindMessage | undefined> {
  const { sandbox, ana: user, channel, tell } = stage;
  tell(`Ana types /imagine ${text}`);
  const typed = await sandbox.workspace.command({ user, channel, text });
  if (!typed.acknowledged) throw new Error(`Slack told Ana: ${typed.failure}`);
  tell(`  acknowledged in ${Math.round(typed.acknowledgedAfterMs)} ms`);
  const findMessage = () => answersOf(stage).find(({ isEphemeral }) => !isEphemeral);
  const findAnswer = () => answersOf(stage).find(({ isEphemeral }) => isEphemeral);
  await sandbox.workspace.waitFor(() => findMessage() ?? findAnswer() ?? findForm(stage), {
    timeoutMs: 30_000,
    describe: 'an answer to the command',
  });
  if (findMessage()) return findMessage;
  const answer = findAnswer();
  if (answer) {
    for (const line of answer.text.split('\n')) tell(`  only Ana reads: ${line}`);
    return undefined;
  }
  return (await sendForm(stage)) ? findMessage : undefined;
}

/** Ben posts, Ana chooses "Imagine from this post", and the images come in the post's thread. */
export async function askFromPost(stage: Stage, text: string): Promise<FindMessage | undefined> {
  const { sandbox, ana: user, ben, channel, tell } = stage;
  const { ts } = sandbox.workspace.post({ user: ben, channel, text });
  tell(`Ben posts: ${text}`);
  tell('Ana chooses "Imagine from this post"');
  const chosen = await sandbox.workspace.shortcut({
    user,
    channel,
    messageTs: ts,
    callbackId: 'imagine_from_post',
  });
  if (!chosen.acknowledged) throw new Error(`Slack told Ana: ${chosen.failure}`);
  await sandbox.workspace.waitFor(() => findForm(stage), { timeoutMs: 30_000, describe: 'a form to send' });
  if (!(await sendForm(stage))) return undefined;
  tell("  the images come in the post's thread");
  return () => answersOf(stage).find(({ threadTs }) => threadTs === ts);
}

/** The form on Ana's screen, once it can be sent. */
function findForm({ sandbox, ana }: Stage): SeenView | undefined {
  const view = sandbox.workspace.openView(ana);
  return view?.submit ? view : undefined;
}

/** Ana draws what the form has in it, and once more where it asks her to look again. False for a form that does not draw. */
async function sendForm(stage: Stage): Promise<boolean> {
  const { sandbox, ana: user, tell } = stage;
  for (const times of ['first', 'second']) {
    const form = findForm(stage);
    if (form?.callbackId !== 'imagine_modal') {
      tell(`  a form opens: ${form?.title}`);
      return false;
    }
    if (times === 'first') tell(`  the form proposes: ${form.values.prompt?.value ?? ''}`);
    const doubt = form.blocks.find((block) => block.type === 'section');
    if (doubt?.text) tell(`  the form says: ${doubt.text.text}`);
    tell(`Ana presses "${form.submit}"`);
    const sent = await sandbox.workspace.submitView({ user });
    if (sent.outcome === 'closed') return true;
    if (sent.outcome !== 'updated') throw new Error(`The form was not taken: ${JSON.stringify(sent)}`);
  }
  throw new Error('The form asked Ana to look again more than once.');
}
