import { splitDeterminers } from './determiners.js';
import type { KeyPhrase } from './post-analysis.js';
import { withoutUndrawable } from './undrawable.js';

/** More things than that in one image and none of them is seen. */
export const maxKeyPhrases = 6;

/** Below, the analysis itself doubts that it is a phrase. */
const minScore = 0.5;

/** English phrases with nothing to see in them. "someone" and "a channel" are what mentions without a name become. */
const emptyPhrases = new Set(
  `anybody|anyone|anything|big day|bit|case|chance|channel|couple|course|everybody|everyone|everything|fact|fyi|good morning
  |hello|hey|hi|kind|nobody|nothing|one|ones|part|please|reason|reasons|reminder|rsvp|someone|somebody|something|sort
  |thank you|thing|things|way|ways|what|who|whoever|work|you|utc|gmt`.split(/\s*\|/u),
);

/** Nor in phrases that end in these: "a huge thanks", "two years", "the last few weeks". */
const emptyEndings = new Set(
  `congrats congratulations hour hours kudos lot lots minute minutes moment moments month months thanks time times week weeks
  year years`.split(/\s+/u),
);

interface Chosen {
  phrase: string;
  /** What makes it the same phrase as another. */
  key: string;
}

/**
 * The phrases of a post that an image can show, the surest first: what cannot be drawn is taken off them, and of two that
 * say the same, or one of which holds the other, the fuller one stays. `language`: the post's, ISO 639-1.
 */
export function chooseKeyPhrases(keyPhrases: readonly KeyPhrase[], language: string): string[] {
  const ranked = keyPhrases.filter(({ score }) => score >= minScore).sort((a, b) => b.score - a.score);
  const chosen: Chosen[] = [];
  for (const { text } of ranked) {
    if (chosen.length === maxKeyPhrases) break; // a long post has thousands
    const candidate = prepare(text, language);
    if (candidate) add(chosen, candidate);
  }
  return chosen.map(({ phrase }) => phrase);
}

function prepare(text: string, language: string): Chosen | undefined {
  const { determiners, rest } = splitDeterminers(withoutUndrawable(text, language), language);
  const key = rest.toLowerCase();
  if (key === '' || emptyPhrases.has(key) || emptyEndings.has(key.slice(key.lastIndexOf(' ') + 1))) return undefined;
  return { phrase: determiners.toLowerCase() + rest, key };
}

function add(chosen: Chosen[], candidate: Chosen): void {
  if (chosen.some(({ key }) => holds(key, candidate.key))) return;
  const first = chosen.findIndex(({ key }) => holds(candidate.key, key));
  if (first < 0) {
    chosen.push(candidate);
    return;
  }
  const others = chosen.filter(({ key }, index) => index > first && !holds(candidate.key, key));
  chosen.splice(first, chosen.length, candidate, ...others);
}

/** Whether whole words of one are the other; where words are not spaced, whether it stands in it at all. */
function holds(key: string, other: string): boolean {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(other)) return key.includes(other);
  return ` ${key} `.includes(` ${other} `);
}
