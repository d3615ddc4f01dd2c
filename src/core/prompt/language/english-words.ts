import dictionary from 'dictionary-en';

/** Hunspell's word list, one `word/flags` a line, sorted by bytes: searched where it lies, since 49,000 strings in a Set take 15 MB. */
const lines = Buffer.from(dictionary.dic.buffer, dictionary.dic.byteOffset, dictionary.dic.byteLength);
const newline = 0x0a;
const slash = 0x2f;

/** Endings with what stands in their place in the stem and the Hunspell flag that the stem must carry (index.aff of dictionary-en). */
const endings: [string, string, string][] = [
  ['ies', 'y', 'S'],
  ['es', '', 'S'],
  ['s', '', 'S'],
  ['ied', 'y', 'D'],
  ['ed', 'e', 'D'],
  ['ed', '', 'D'],
  ['ing', 'e', 'G'],
  ['ing', '', 'G'],
  ['ings', 'e', 'J'],
  ['ings', '', 'J'],
  ['ier', 'y', 'R'],
  ['er', 'e', 'R'],
  ['er', '', 'R'],
  ['iers', 'y', 'Z'],
  ['ers', 'e', 'Z'],
  ['ers', '', 'Z'],
  ['iest', 'y', 'T'],
  ['est', 'e', 'T'],
  ['est', '', 'T'],
  ['ly', '', 'Y'],
  ['iness', 'y', 'P'],
  ['ness', '', 'P'],
  ['able', 'e', 'B'],
  ['able', '', 'B'],
  ['ment', '', 'L'],
  ['ive', 'e', 'V'],
  ['ive', '', 'V'],
  ['ion', 'e', 'N'],
  ['ion', '', 'N'],
  ['en', '', 'N'],
  ['ions', 'e', 'X'],
  ['ions', '', 'X'],
];
const minStem = 2;
const prefix = /^(?:un|re|dis|non)(?=\p{L}{4})/u;

/** Whether an English dictionary has a lower-case word. Names do not count: they say nothing about a prompt's language. */
export function isEnglishWord(word: string): boolean {
  const plain = word.replace(/['’]s?$/u, '').replaceAll('’', "'");
  return [plain, plain.replace(prefix, '')].some(isStemOrInflected);
}

/** Whether the dictionary has a word, in whatever case, as a name: "tokyo". */
export function isEnglishName(word: string): boolean {
  const plain = word.replace(/['’]s?$/u, '');
  return flagsOf(plain.charAt(0).toUpperCase() + plain.slice(1)) !== undefined;
}

/** The file breaks its order for these two, which stand before their contractions ("they'd"). */
const misplaced = new Set(['they', 'we']);

function isStemOrInflected(word: string): boolean {
  if (misplaced.has(word) || flagsOf(word) !== undefined) return true;
  return endings.some(([ending, replacement, flag]) => {
    if (word.length < ending.length + minStem || !word.endsWith(ending)) return false;
    return flagsOf(word.slice(0, -ending.length) + replacement)?.includes(flag) ?? false;
  });
}

/** The flags of a word's entry, "" for none; undefined without an entry. Binary search. */
function flagsOf(word: string): string | undefined {
  const wanted = Buffer.from(word);
  let from = 0;
  let to = lines.length;
  while (from < to) {
    const start = lines.lastIndexOf(newline, ((from + to) >> 1) - 1) + 1;
    const wordEnd = start + wanted.length;
    const after = lines[wordEnd] ?? newline;
    const order = wanted.compare(lines, start, Math.min(wordEnd, lines.length)) || slash - after;
    if (order === 0) return lines.toString('utf8', wordEnd + 1, endOfLine(wordEnd));
    if (order > 0 && after === newline && wanted.equals(lines.subarray(start, wordEnd))) return '';
    if (order > 0) from = endOfLine(start) + 1;
    else to = start;
  }
  return undefined;
}

function endOfLine(position: number): number {
  const end = lines.indexOf(newline, position);
  return end < 0 ? lines.length : end;
}
