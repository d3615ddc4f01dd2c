import { createRequire } from 'node:module';
import { z } from 'zod';

/*
 * Microsoft's Fluent emoji (MIT, through Iconify) found by their names and by the keywords of emojilib (MIT). Read on first
 * use: the drawings are nine megabytes of JSON, and most tests draw nothing.
 */

const require = createRequire(import.meta.url);

const iconsSchema = z.object({ icons: z.record(z.string(), z.object({ body: z.string() })) });
const charsSchema = z.record(z.string(), z.string());
const keywordsSchema = z.record(z.string(), z.array(z.string()));
const categoriesSchema = z.object({ categories: z.record(z.string(), z.array(z.string())) });

/** Subjects before people, and people before faces: "red" must not draw a red circle. */
const categoryScores: Readonly<Record<string, number>> = {
  'Animals & Nature': 9,
  'Food & Drink': 8,
  'Travel & Places': 7,
  Objects: 6,
  Activities: 5,
  'People & Body': 2,
  'Smileys & Emotion': 0,
};

/** Words of many prompts that no emoji is named after. */
const aliases: Readonly<Record<string, string>> = {
  forest: 'evergreen-tree',
  tree: 'deciduous-tree',
  garden: 'potted-plant',
  flower: 'sunflower',
  harbor: 'sailboat',
  boat: 'sailboat',
  lighthouse: 'tokyo-tower',
  office: 'office-building',
  roof: 'house',
  street: 'houses',
  library: 'books',
  poster: 'framed-image',
  team: 'people-hugging',
  jazz: 'saxophone',
  chess: 'chess-pawn',
  bicycle: 'bicycle',
  train: 'locomotive',
  book: 'open-book',
  coffee: 'hot-beverage',
  bread: 'bread',
  city: 'cityscape',
  bird: 'bird',
};

const skinTone = /-(?:light|medium-light|medium|medium-dark|dark)$/;
const keywordScore = 10;
/** The further back, the looser the tie. */
const usefulKeywords = 5;
/** Faces and gestures share their keywords with everything. */
const minCategoryScore = 2;

interface Index {
  bodies: z.infer<typeof iconsSchema>['icons'];
  /** By word: the icon that fits best, and how well. */
  best: Map<string, { name: string; score: number }>;
}

let loaded: Index | undefined;

function load(): Index {
  loaded ??= buildIndex();
  return loaded;
}

function buildIndex(): Index {
  const { icons: bodies } = iconsSchema.parse(require('@iconify-json/fluent-emoji-flat/icons.json'));
  const scores = scoreNames();
  const best: Index['best'] = new Map();
  const offer = (word: string, name: string, score: number) => {
    if (score > (best.get(word)?.score ?? 0)) best.set(word, { name, score });
  };
  for (const [name, score] of scores) {
    const parts = name.split('-');
    offer(name, name, 100 + score);
    for (const part of parts) offer(part, name, (part === parts.at(-1) ? 60 : 40) + score - parts.length);
  }
  const names = charsSchema.parse(require('@iconify-json/fluent-emoji-flat/chars.json'));
  for (const [emoji, keywords] of Object.entries(keywordsSchema.parse(require('emojilib')))) {
    const name = names[[...emoji].map((char) => char.codePointAt(0)?.toString(16)).join('-')] ?? '';
    const score = scores.get(name) ?? 0;
    if (score < minCategoryScore) continue;
    for (const keyword of keywords.slice(0, usefulKeywords)) offer(keyword, name, keywordScore + score);
  }
  for (const [word, name] of Object.entries(aliases)) offer(word, name, 120);
  return { bodies, best };
}

/** Every name that may be drawn, by how likely a prompt means it. */
function scoreNames(): Map<string, number> {
  const { categories } = categoriesSchema.parse(require('@iconify-json/fluent-emoji-flat/metadata.json'));
  const drawn = Object.entries(categories).flatMap(([category, names]) => {
    const score = categoryScores[category];
    return score === undefined
      ? []
      : names.filter((name) => !skinTone.test(name)).map((name) => [name, score] as const);
  });
  return new Map(drawn);
}

export interface Icon {
  name: string;
  /** SVG elements in a box of 32 by 32. */
  body: string;
  /** All of it in shades of this color, if it was recolored. */
  color?: string | undefined;
}

export function iconNamed(name: string): Icon | undefined {
  const body = load().bodies[name]?.body;
  return body === undefined ? undefined : { name, body };
}

/** The icons that words name, the clearest first: a word that only shares a part of a name, or a keyword, comes last. */
export function findIcons(words: readonly string[], count: number): Icon[] {
  const { bodies, best } = load();
  const found = new Map<string, Icon & { score: number }>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const pair = best.get(`${word}-${words[index + 1]}`);
    const match = pair ?? best.get(word) ?? best.get(singular(word));
    const body = match && bodies[match.name]?.body;
    if (match && body && !found.has(match.name)) found.set(match.name, { ...match, body });
    if (pair) index += 1;
  }
  return [...found.values()]
    .sort((one, other) => Math.round(other.score / 50) - Math.round(one.score / 50))
    .slice(0, count);
}

function singular(word: string): string {
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/(?<=[sxz]|[cs]h)es$|(?<!s)s$/, '');
}
