import type { Log, Observe } from '../log.js';
import type { DraftPost } from './draft.js';
import type { PersonalData } from './post/found-data.js';
import { chooseKeyPhrases } from './post/key-phrases.js';
import { cleanPost, type PostAnalysis, type PostPrompt, promptFromPost } from './post/post-prompt.js';
import { type Proposal, proposePrompts } from './proposals.js';
import { type TypedPrompt, translateText } from './translation.js';
import type { WriteFailure, WriteOutcome, WritingTask } from './writer.js';

/** Each answers within a deadline of its own, even if its service fails; left out, it is off. */
export interface IdeaDeps {
  analyzePost: ((text: string) => Promise<PostAnalysis>) | undefined;
  detectPersonalData:
    | ((
        text: string,
        language: string | undefined,
      ) => Promise<{ found?: readonly PersonalData[] | undefined; cause?: unknown }>)
    | undefined;
  writePrompts: (<Answer>(task: WritingTask<Answer>) => Promise<WriteOutcome<Answer>>) | undefined;
  observe: Observe;
  log: Log;
}

export type Material = NonNullable<DraftPost['material']>;

/** What is known of a post before prompts are written for it, and the prompt without a writer. */
export interface PostReading {
  found: Pick<DraftPost, 'language' | 'mood' | 'notRead'> & { material: Material };
  rule: PostPrompt;
}

/** Reads a post, and takes personal data out of it. Never fails: at worst patterns and the first sentence have to do. */
export async function readPost(
  { analyzePost, detectPersonalData, log }: Omit<IdeaDeps, 'writePrompts' | 'observe'>,
  text: string,
  promptLimit: number,
): Promise<PostReading> {
  const analysis = analyzePost ? await analyzePost(text) : { keyPhrases: [], notRead: 'off' as const };
  const { language, notRead, cause } = analysis;
  if (cause) log.warn(notRead ? 'post not analyzed' : 'post analyzed in part', { reason: notRead, error: cause });
  const findings = await detectPersonalData?.(text, language);
  if (findings?.cause) log.warn('personal data found by patterns only', { error: findings.cause });
  const clean = cleanPost(text, { ...analysis, personalData: findings?.found });
  const rule = promptFromPost(clean, promptLimit);
  const keyPhrases = chooseKeyPhrases(clean.keyPhrases);
  const material = { text: clean.text, names: [...clean.names], keyPhrases };
  return { found: { material, language, mood: rule.mood, notRead }, rule };
}

/** Asks the text model, if there is one. Never fails. What goes wrong is counted and logged, without a word of the text. */
async function write<Answer>(
  { writePrompts, observe, log }: Pick<IdeaDeps, 'writePrompts' | 'observe' | 'log'>,
  task: WritingTask<Answer>,
): Promise<WriteOutcome<Answer>> {
  if (!writePrompts) return { kind: 'off' };
  const outcome = await writePrompts(task);
  const { kind, usage } = outcome;
  observe({ kind: 'prompts written', outcome: kind, dollars: usage?.dollars ?? 0 });
  if (outcome.kind !== 'written') log.warn('prompts not written', { reason: kind, error: outcome.cause });
  return outcome;
}

/** Translates a typed prompt to English. Nothing is taken out of it, as it goes to an image model anyway. */
export async function translatePrompt(
  deps: Pick<IdeaDeps, 'writePrompts' | 'observe' | 'log'>,
  typed: TypedPrompt,
): Promise<TypedPrompt | { failure: WriteFailure }> {
  const outcome = await write(deps, translateText(typed));
  return outcome.kind === 'written' ? outcome.answer : { failure: outcome.kind };
}

/** The prompts to choose from for a post, and what its form says about them. */
export async function ideasOf(
  deps: IdeaDeps,
  post: DraftPost,
  { promptLimit, style, earlier }: { promptLimit: number; style?: string | undefined; earlier?: readonly string[] },
): Promise<{ proposals: readonly Proposal[]; post: Partial<DraftPost> }> {
  const reading = post.material ? undefined : await readPost(deps, post.text, promptLimit);
  const { material, language, mood } = { ...post, ...reading?.found };
  const task = material?.text ? proposePrompts({ ...material, language, mood, style, earlier }) : undefined;
  const outcome = task ? await write(deps, task) : { kind: 'off' as const };
  if (outcome.kind === 'written') {
    const { proposals, language: seen } = outcome.answer;
    const told = { from: 'writer' as const, notWritten: undefined, language: language ?? seen };
    return { proposals, post: { ...reading?.found, ...told } };
  }
  if (!reading) return { proposals: [], post: { notWritten: outcome.kind } };
  const { found, rule } = reading;
  return {
    proposals: rule.prompt ? [{ title: '', prompt: rule.prompt }] : [],
    post: { ...found, from: rule.from, notWritten: outcome.kind },
  };
}
