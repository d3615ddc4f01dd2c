import { chooseKeyPhrases } from './key-phrases.js';
import { type Mood, moodOf } from './mood.js';
import { promptFromOwnWords } from './own-words.js';
import type { PostFindings } from './post-analysis.js';
import { sceneSentence, withMood } from './prompt-sentences.js';

export interface PostPrompt {
  /** '' only where the post has no words. In the post's language. */
  prompt: string;
  mood: Mood | undefined;
}

/**
 * The rule post → prompt: one scene of the post's surest key phrases, in the light of its mood, never longer than
 * `promptLimit` (UTF-16 units). The weakest phrases give way first, then the mood.
 */
export function promptFromPost(text: string, findings: PostFindings, promptLimit: number): PostPrompt {
  const language = findings.language?.code ?? 'en';
  const mood = moodOf(findings.sentiment);
  const phrases = chooseKeyPhrases(findings.keyPhrases, language);
  const fits = (prompt: string) => prompt.length <= promptLimit;

  for (let count = phrases.length; count > 0; count -= 1) {
    const prompt = withMood(sceneSentence(phrases.slice(0, count), language), mood, language);
    if (fits(prompt)) return { prompt, mood };
  }
  const scene = sceneSentence(phrases.slice(0, 1), language);
  if (phrases.length > 0 && fits(scene)) return { prompt: scene, mood };
  const ownWords = promptFromOwnWords(text, promptLimit);
  const told = ownWords && withMood(ownWords, mood, language);
  return { prompt: fits(told) ? told : ownWords, mood };
}
