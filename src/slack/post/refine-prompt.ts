import type { ModelInfo } from '../../core/image-model.js';
import type { DraftPost } from '../../core/prompt/draft.js';
import { noFindings } from '../../core/prompt/post/post-analysis.js';
import { promptFromPost } from '../../core/prompt/post/post-prompt.js';
import type { SlackDeps } from '../deps.js';

type Services = Pick<SlackDeps, 'analyzePost' | 'log'>;

/** A prompt made of a post, and what was found out on the way. Never fails: at worst the post's own words are the prompt. */
export async function readPost(
  { analyzePost, log }: Services,
  text: string,
  promptLimit: number,
): Promise<{ prompt: string; findings: Pick<DraftPost, 'mood' | 'language' | 'notRead'> }> {
  if (text === '') return { prompt: '', findings: {} };
  if (!analyzePost) return { ...promptFromPost(text, noFindings, promptLimit), findings: { notRead: 'off' } };
  const analysis = await analyzePost(text);
  switch (analysis.kind) {
    case 'unavailable': {
      log.warn('post not analysed', { reason: analysis.reason, error: analysis.cause });
      const { prompt } = promptFromPost(text, noFindings, promptLimit);
      return { prompt, findings: { notRead: analysis.reason } };
    }
    case 'unsupported_language': {
      const { language } = analysis;
      const { prompt } = promptFromPost(text, { ...noFindings, language }, promptLimit);
      return { prompt, findings: { notRead: 'unsupported_language', language: language.code } };
    }
    case 'analysed': {
      if (analysis.partialCause) log.warn('post analysed in part', { error: analysis.partialCause });
      const { prompt, mood } = promptFromPost(text, analysis, promptLimit);
      const language = analysis.language?.code;
      return { prompt, findings: { ...(mood && { mood }), ...(language && { language }) } };
    }
  }
}

/** `--refine`: the words of a command, made into a prompt as those of a post are. */
export async function refinePrompt(deps: Services, words: string, { promptLimit }: ModelInfo): Promise<string> {
  return (await readPost(deps, words, promptLimit)).prompt || words;
}
