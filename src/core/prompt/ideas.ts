import type { Log, Observe } from '../log.js';
import type { DraftPost } from './draft.js';
import type { PersonalData } from './post/found-data.js';
import { chooseKeyPhrases } from './post/key-phrases.js';
import { withoutNames, withoutPersonalData } from './post/personal-data.js';
import { type PostAnalysis, type PostPrompt, promptFromPost, wasTakenOut } from './post/post-prompt.js';
import { type Proposal, proposePrompts } from './proposals.js';
import { translateText } from './translation.js';
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
  material: Material;
  rule: PostPrompt;
  language: string | undefined;
  notRead: DraftPost['notRead'];
}

/** Personal data can be detected only in these; patterns do for the rest. */
const languagesWithDetection: readonly string[] = ['en', 'es'];

/** Reads a post, and takes personal data out of it. Never fails: at worst patterns and the first sentence have to do. */
export async function readPost(
  { analyzePost, detectPersonalData, log }: Omit<IdeaDeps, 'writePrompts' | 'observe'>,
  text: string,
  promptLimit: number,
): Promise<PostReading> {
  const analysis = analyzePost ? await analyzePost(text) : { keyPhrases: [], notRead: 'off' as const };
  const { language, notRead, cause, keyPhrases } = analysis;
  if (cause) log.warn(notRead ? 'post not analyzed' : 'post analyzed in part', { reason: notRead, error: cause });
  const isDetectable = languagesWithDetection.includes(language ?? '');
  const findings = isDetectable ? await detectPersonalData?.(text, language) : undefined;
  if (findings?.cause) log.warn('personal data found by patterns only', { error: findings.cause });
  const { text: clean, names } = withoutPersonalData(text, findings?.found);
  const rule = promptFromPost(text, { ...analysis, personalData: findings?.found }, promptLimit);
  const phrases = chooseKeyPhrases(keyPhrases).map((phrase) => withoutNames(phrase, names));
  const shown = phrases.filter((phrase) => phrase !== '' && !wasTakenOut(phrase, { text, clean }));
  return {
    material: { text: clean, names: [...names], language, mood: rule.mood, keyPhrases: shown },
    rule,
    language,
    notRead,
  };
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
  text: string,
): Promise<{ prompt: string } | { failure: WriteFailure }> {
  const outcome = await write(deps, translateText(text));
  return outcome.kind === 'written' ? { prompt: outcome.answer } : { failure: outcome.kind };
}

/** The prompts to choose from for a post, and what its form says about them. */
export async function ideasOf(
  deps: IdeaDeps,
  { text, material: known }: Pick<DraftPost, 'text' | 'material'>,
  { promptLimit, style, earlier }: { promptLimit: number; style?: string | undefined; earlier?: readonly string[] },
): Promise<{ proposals: readonly Proposal[]; post: Partial<DraftPost> }> {
  const reading = known ? undefined : await readPost(deps, text, promptLimit);
  const material = known ?? reading?.material;
  const found = reading && { material, language: reading.language, mood: reading.rule.mood, notRead: reading.notRead };
  const task = material?.text ? proposePrompts({ ...material, style, earlier }) : undefined;
  const outcome = task ? await write(deps, task) : { kind: 'off' as const };
  if (outcome.kind === 'written') {
    const { proposals, language } = outcome.answer;
    return {
      proposals,
      post: { ...found, from: 'writer', notWritten: undefined, language: material?.language ?? language },
    };
  }
  const rule = reading?.rule;
  return {
    proposals: rule?.prompt ? [{ title: '', prompt: rule.prompt }] : [],
    post: { ...found, ...(rule && { from: rule.from }), notWritten: outcome.kind },
  };
}
