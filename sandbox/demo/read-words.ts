import { parseArgs } from 'node:util';

export interface DemoWords {
  /** The model that the app draws with unless its words say otherwise, by its id; left out, the app's own default. */
  model?: string;
  /** The text of a post, to imagine from. */
  post?: string;
  /** What is typed after /imagine. */
  command: string;
  /** The models answer at once, with small images: for tests. */
  isQuick: boolean;
}

const defaultCommand = 'a red fox in the snow';
const options = { model: { type: 'string' }, post: { type: 'string' }, quick: { type: 'boolean' } } as const;

/**
 * The demo's own words are few: `--model` with an id that a stand-in serves, `--post` and `--quick`. All others are words for
 * /imagine as they were typed, its flags among them, and so is everything behind `--`.
 */
export function readDemoWords(words: readonly string[], isModelId: (name: string) => boolean): DemoWords {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const own = new Map<string, string>();
  const taken = new Set<number>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') taken.add(token.index);
    if (token.kind !== 'option' || !isOwn(token.name, token.value, isModelId)) continue;
    own.set(token.name, token.value ?? '');
    taken.add(token.index);
    if (token.value !== undefined && !token.inlineValue) taken.add(token.index + 1);
  }
  const rest = words.filter((_word, index) => !taken.has(index)).join(' ');
  const [model, post] = [own.get('model'), own.get('post')];
  return {
    ...(model !== undefined && { model }),
    ...(post === undefined ? { command: rest || defaultCommand } : { post: readPost(post, rest), command: '' }),
    isQuick: own.has('quick'),
  };
}

/** `--model ultra` and `--model core,ultra` are flags of /imagine. */
function isOwn(name: string, value: string | undefined, isModelId: (name: string) => boolean): boolean {
  return name === 'post' || name === 'quick' || (name === 'model' && isModelId(value ?? ''));
}

/** A prompt without quotes is all the words. */
function readPost(first: string, rest: string): string {
  const post = `${first} ${rest}`.trim();
  if (post === '') throw new Error('Give the text of the post: npm run demo -- --post "Our roof garden has opened."');
  return post;
}
