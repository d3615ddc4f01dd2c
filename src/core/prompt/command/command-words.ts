/** Straight and curly double quotes go together in any mixture, because keyboards mix them. */
const doubleQuotes = '"“”„‟';
const guillemets = '«»';
/** Also apostrophes, so they quote only where a value is expected. */
const singleQuotes = "'‘’‚‛";

/** Two hyphens, or the single dash that phones and Macs make of them; then a name, and perhaps a value glued on. */
const flagPattern = /^(?<dashes>--+|[—–―]-?)(?<name>[a-z][a-z0-9_-]*)(?:=(?<value>.*))?$/isu;

export interface TypedFlag {
  name: string;
  /** What was glued on with `=`, without its quotes; undefined where nothing was. */
  value?: string | undefined;
  isQuoted: boolean;
  /** False for a typographic dash, which may be punctuation. */
  hasHyphens: boolean;
}

/** The runs of text between spaces; a quotation stands together, spaces and all. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let start = 0;
  while (start < text.length) {
    if (isSpace(text[start])) {
      start += 1;
      continue;
    }
    const end = findWordEnd(text, start, flagPattern.test(words.at(-1) ?? ''));
    words.push(text.slice(start, end));
    start = end;
  }
  return words;
}

function findWordEnd(text: string, start: number, afterFlag: boolean): number {
  let end = start;
  while (end < text.length && !isSpace(text[end])) {
    const opens = end === start || text[end - 1] === '=';
    const closing = opens ? findClosingQuote(text, end, afterFlag || end > start) : -1;
    end = closing > end ? closing + 1 : end + 1;
  }
  return end;
}

/** -1 where no quotation begins, or where it never ends: then the quote is a character like any other. */
function findClosingQuote(text: string, at: number, isValue: boolean): number {
  const family = quoteFamily(text[at] ?? '', isValue);
  if (!family) return -1;
  for (let index = at + 1; index < text.length; index += 1) {
    if (family.includes(text[index] ?? '')) return index;
  }
  return -1;
}

function quoteFamily(character: string, isValue: boolean): string | undefined {
  const families = isValue ? [doubleQuotes, guillemets, singleQuotes] : [doubleQuotes, guillemets];
  return families.find((family) => character !== '' && family.includes(character));
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/u.test(character);

/** The inside of a word that is one whole quotation; undefined for any other. */
export function unquote(word: string): string | undefined {
  const family = quoteFamily(word[0] ?? '', true);
  const isWhole = family !== undefined && word.length > 1 && family.includes(word.at(-1) ?? '');
  return isWhole ? word.slice(1, -1) : undefined;
}

export function readFlag(word: string): TypedFlag | undefined {
  const groups = flagPattern.exec(word)?.groups;
  const { dashes, name, value } = groups ?? {};
  if (dashes === undefined || name === undefined) return undefined;
  const inside = value === undefined ? undefined : unquote(value);
  return { name, value: inside ?? value, isQuoted: inside !== undefined, hasHyphens: dashes.startsWith('--') };
}
