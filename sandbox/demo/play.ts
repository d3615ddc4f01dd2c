import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Sandbox } from '../start-sandbox.js';
import type { SeenMessage, SeenView } from '../workspace/seen.js';

/** The demo happens in #marketing, where Ana asks and Ben posts. */
export interface Stage {
  sandbox: Sandbox;
  tell(sentence: string): void;
  /** Where the images are left. */
  folder: string;
}

/** Finds the message in which the images come. */
type FindMessage = () => SeenMessage | undefined;

const placeOf = ({ sandbox: { workspace } }: Stage) => ({
  user: workspace.people.ana.id,
  channel: workspace.channels.marketing.id,
});

/** What Ana sees of the app, oldest first. */
function answersOf(stage: Stage): SeenMessage[] {
  const { user, channel } = placeOf(stage);
  return stage.sandbox.workspace.messages(channel, { as: user }).filter(({ botId }) => botId);
}

/** Ana types the command. Returns undefined if the app has something to say instead of drawing. */
export async function askByCommand(stage: Stage, text: string): Promise<FindMessage | undefined> {
  const { tell } = stage;
  const { workspace } = stage.sandbox;
  tell(`Ana types /imagine ${text}`);
  const typed = await workspace.command({ ...placeOf(stage), text });
  if (!typed.acknowledged) throw new Error(`Slack told Ana: ${typed.failure}`);
  tell(`  acknowledged in ${Math.round(typed.acknowledgedAfterMs)} ms`);
  const findMessage = () => answersOf(stage).find(({ isEphemeral }) => !isEphemeral);
  const findAnswer = () => answersOf(stage).find(({ isEphemeral }) => isEphemeral);
  const findAny = () => findMessage() ?? findAnswer() ?? findForm(stage);
  await workspace.waitFor(findAny, { timeoutMs: 30_000, describe: 'an answer to the command' });
  if (findMessage()) return findMessage;
  const answer = findAnswer();
  if (!answer) return (await sendForm(stage)) ? findMessage : undefined;
  for (const line of answer.text.split('\n')) tell(`  only Ana reads: ${line}`);
  return undefined;
}

/** Ben posts, Ana chooses "Imagine from this post", and the images come in the post's thread. */
export async function askFromPost(stage: Stage, text: string): Promise<FindMessage | undefined> {
  const { tell } = stage;
  const { workspace } = stage.sandbox;
  const place = placeOf(stage);
  const { ts } = workspace.post({ ...place, user: workspace.people.ben.id, text });
  tell(`Ben posts: ${text}`);
  tell('Ana chooses "Imagine from this post"');
  const chosen = await workspace.shortcut({ ...place, messageTs: ts, callbackId: 'imagine_from_post' });
  if (!chosen.acknowledged) throw new Error(`Slack told Ana: ${chosen.failure}`);
  const isWritten = (form: SeenView | undefined) =>
    form && !JSON.stringify(form.blocks).includes('This takes a few seconds');
  await workspace.waitFor(() => isWritten(findForm(stage)), { timeoutMs: 30_000, describe: 'a form to send' });
  if (!(await sendForm(stage))) return undefined;
  tell("  the images come in the post's thread");
  return () => answersOf(stage).find(({ threadTs }) => threadTs === ts);
}

/** The form on Ana's screen, once it can be sent. */
function findForm(stage: Stage): SeenView | undefined {
  const view = stage.sandbox.workspace.openView(placeOf(stage).user);
  return view?.submit ? view : undefined;
}

/** Those that were written for a post, or the one of the form. */
function promptsIn({ values }: SeenView): string[] {
  const written = Object.entries(values).filter(([blockId]) => /^idea_\d/.test(blockId));
  return (written.length > 0 ? written.map(([, input]) => input) : [values.prompt]).map(
    (input) => `${input?.value ?? ''}`,
  );
}

/** Ana sends the form as it is, and once more if it asks her to look again. False for a form that does not draw. */
async function sendForm(stage: Stage): Promise<boolean> {
  const { sandbox, tell } = stage;
  for (const times of ['first', 'second']) {
    const form = findForm(stage);
    if (form?.callbackId !== 'imagine_modal') {
      tell(`  a form opens: ${form?.title}`);
      return false;
    }
    if (times === 'first') for (const prompt of promptsIn(form)) tell(`  the form proposes: ${prompt}`);
    const doubt = form.blocks.find((block) => block.type === 'section');
    if (doubt?.text) tell(`  the form says: ${doubt.text.text}`);
    tell(`Ana presses "${form.submit}"`);
    const sent = await sandbox.workspace.submitView({ user: placeOf(stage).user });
    if (sent.outcome === 'closed') return true;
    if (sent.outcome !== 'updated') throw new Error(`The form was not taken: ${JSON.stringify(sent)}`);
  }
  throw new Error('The form asked Ana to look again more than once.');
}

/** The image that Ana picks if it is there. */
const favorite = 'pick_image_2';

/** The images come, Ana picks one, and all of them are left in a folder. */
export async function chooseImage(stage: Stage, findMessage: FindMessage): Promise<void> {
  const { sandbox, tell } = stage;
  const { workspace } = sandbox;
  const stopTelling = tellLines(stage, findMessage);
  // a refused prompt leaves the channel, and Ana alone is told
  const findFinished = () => answersOf(stage).findLast((answer) => actionsOf(answer).includes('more'));
  const finished = await workspace.waitFor(findFinished, {
    timeoutMs: 60_000,
    describe: 'images to choose from',
  });
  stopTelling();
  for (const { altText } of finished.images) tell(`  the message shows ${altText}`);
  const picks = actionsOf(finished).filter((actionId) => actionId.startsWith('pick_image_'));
  const actionId = picks.includes(favorite) ? favorite : picks[0];
  if (actionId === undefined) return tell(finished.text);
  tell(`Ana clicks "${actionId.at(-1)}"`);
  await workspace.click({ ...placeOf(stage), messageTs: finished.ts, actionId });
  const isKept = () => findMessage()?.images.some(({ fileId, problem }) => fileId && !problem);
  await workspace.waitFor(isKept, { timeoutMs: 30_000, describe: 'the picked image as a file that Slack keeps' });
  tell('  the message is now that image, kept as a file in Slack');
  await saveImages(stage);
}

/** Tells each new last line of the message, such as "2 of 4 ready". */
function tellLines({ sandbox, tell }: Stage, findMessage: FindMessage): () => void {
  let told = '';
  const tellLine = () => {
    const line = lastLine(findMessage());
    if (line && line !== told) tell(`  ${line}`);
    told = line ?? told;
  };
  tellLine();
  return sandbox.workspace.subscribe(tellLine);
}

/** Such as "2 of 4 ready". */
function lastLine(message: SeenMessage | undefined): string | undefined {
  const context = message?.blocks.findLast((block) => block.type === 'context');
  const element = context?.elements[0];
  return element && 'text' in element ? element.text : undefined;
}

/** The action IDs of the message's buttons and menus. */
function actionsOf(message: SeenMessage | undefined): string[] {
  const found = JSON.stringify(message?.blocks ?? []).matchAll(/"action_id":"(\w+)"/g);
  return Array.from(found, ([, actionId = '']) => actionId);
}

async function saveImages({ sandbox: { s3, bucket }, tell, folder }: Stage): Promise<void> {
  const isImage = ({ key, contentType }: { key: string; contentType: string }) =>
    contentType.startsWith('image/') && !key.includes('/previews/');
  const images = s3.objects(bucket).filter(isImage);
  await mkdir(folder, { recursive: true });
  for (const { key, bytes } of images) await writeFile(join(folder, basename(key)), bytes);
  tell(`all ${images.length} images are in the folder ${folder}`);
}
