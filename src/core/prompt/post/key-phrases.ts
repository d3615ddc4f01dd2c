import { isOfficeTalk } from './office-words.js';

export interface KeyPhrase {
  text: string;
  /** From 0 to 1: how certainly it is one. */
  score: number;
}

/** An image of more things shows none of them well. */
export const maxKeyPhrases = 6;

/** Below, the analysis itself doubts that it is a phrase. */
const minScore = 0.5;

/** Phrases with nothing to see in them. "someone" and "a channel" are what mentions without a name become. */
const emptyPhrases = new Set(
  `anybody|anyone|anything|big day|bit|case|chance|channel|couple|course|everybody|everyone|everything|fact|fyi|good morning
  |hello|hey|hi|kind|nobody|nothing|one|ones|part|please|reason|reasons|reminder|rsvp|someone|somebody|something|sort
  |thank you|thing|things|way|ways|what|who|whoever|work|you|utc|gmt`.split(/\s*\|/u),
);

/** Phrases that end in these have nothing to see either: "a huge thanks", "the last few weeks". */
const emptyEndings = new Set(
  `congrats congratulations hour hours kudos lot lots minute minutes moment moments month months thanks time times week weeks
  year years`.split(/\s+/u),
);

const determiners =
  /^(?:(?:a|an|the|our|my|your|his|her|their|its|this|that|these|those|all|some|every|each|another|such)\s+)+/iu;

interface Candidate {
  phrase: string;
  /** The phrase in lower case without its determiners: the same for phrases that say the same. */
  key: string;
}

/**
 * The phrases of an English post that an image can show, the surest first, without what cannot be drawn. Of two that say
 * the same, or one of which contains the other, the fuller one stays.
 */
export function chooseKeyPhrases(keyPhrases: readonly KeyPhrase[]): string[] {
  const ranked = keyPhrases.filter(({ score }) => score >= minScore).sort((a, b) => b.score - a.score);
  const chosen: Candidate[] = [];
  for (const { text } of ranked) {
    if (chosen.length === maxKeyPhrases) break; // a long post has thousands
    const candidate = prepare(text);
    if (candidate && !chosen.some((other) => contains(other, candidate))) add(chosen, candidate);
  }
  return chosen.map(({ phrase }) => phrase);
}

function prepare(text: string): Candidate | undefined {
  const drawable = withoutUndrawable(text);
  const head = determiners.exec(drawable)?.[0] ?? '';
  const rest = drawable.slice(head.length);
  const key = rest.toLowerCase();
  if (
    key === '' ||
    isOfficeTalk(rest) ||
    emptyPhrases.has(key) ||
    emptyEndings.has(key.slice(key.lastIndexOf(' ') + 1))
  )
    return undefined;
  return { phrase: head.toLowerCase() + rest, key };
}

function contains(one: Candidate, other: Candidate): boolean {
  return ` ${one.key} `.includes(` ${other.key} `);
}

/** In the position of the first phrase that it contains. */
function add(chosen: Candidate[], candidate: Candidate): void {
  const first = chosen.findIndex((other) => contains(candidate, other));
  const others = chosen.filter((other) => !contains(candidate, other));
  chosen.splice(0, chosen.length, ...others.toSpliced(first < 0 ? others.length : first, 0, candidate));
}

const web = /(?:https?:\/\/|www\.)\S+/giu;
// Here and below, a lookbehind before a run keeps the search linear: without it every character would begin one.
const mail = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** A text on one line, without web and mail addresses. */
export function withoutAddresses(text: string): string {
  return text.replace(web, ' ').replace(mail, ' ').replace(/\s+/gu, ' ').trim();
}

const names =
  'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December';
const day = '\\d{1,2}(?:st|nd|rd|th)?';

/** Removed in this order. */
const undrawable = [
  /#(?=[\p{L}\p{N}_])/gu, // the sign of a hashtag
  /(?<![\p{L}\p{N}])@[\p{L}\p{N}._-]+/gu, // mentions
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20e3|\ufe0f)\u200d?/gu,
  /["“”„«»]/gu, // quoted words would be painted as lettering
  // weekdays and months with their capital, as "march" and "may" are verbs
  new RegExp(`(?<!\\w)(?:${day}\\s*(?:of\\s+)?)?(?:${names})(?:\\s+${day}(?!\\d))?(?:,?\\s+\\d{4})?(?!\\w)`, 'gu'),
  /(?<!\p{N})(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\p{N})/gu,
  /(?<!\p{N})(?:\d{1,2}(?::\d{2}){1,2}|\d{1,2}(?:[.:]\d{2})?(?=\s*[ap]\.?m\b))(?:\s*[ap]\.?m\b\.?)?/giu,
  /\b(?:today|tomorrow|yesterday|tonight|(?:this|next|last) (?:week|month|year|quarter|morning|afternoon|evening))\b/giu,
  /\bq[1-4]\b/giu,
];

/** What a date leaves behind at the end of a phrase: "our launch on Friday" → "our launch". */
const looseEnds = new Set(
  'at on in by until till from to of since before after through with and the behind under above over near among around'.split(
    ' ',
  ),
);

/** A number alone, whatever its unit: "10%", "$5m", "2,500". */
const numberWithUnit = /[\p{Sc}+-]?\p{N}[\p{N}.,]*\s*(?:%|\p{Sc}|(?:[kmb]|bn)(?!\p{L}))?/giu;

/**
 * A phrase without what an image cannot show or would show as garbled lettering: addresses, mentions, emoji, dates, times
 * and bare numbers. '' if nothing is left.
 */
export function withoutUndrawable(phrase: string): string {
  const drawable = undrawable.reduce((text, pattern) => text.replace(pattern, ' '), withoutAddresses(phrase));
  const words = tidy(drawable).split(' ');
  while (looseEnds.has(words.at(-1)?.toLowerCase() ?? '')) words.pop();
  const kept = tidy(words.join(' '));
  return /\p{L}/u.test(kept.replace(numberWithUnit, '')) ? kept : '';
}

function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(edges, '').trim();
}

const edges = /^(?:['’]s\s|[\s\p{Pd}\p{Pe}\p{Pf}\p{Po}])+|(?<![\s\p{Pd}\p{Ps},.;:!?'’])[\s\p{Pd}\p{Ps},.;:!?'’]+$/gu;
