import dictionary from 'dictionary-en';

/** Hunspell's word list, one `word/flags` a line: every word with the flags that say which endings it takes. */
function readDictionary(): ReadonlyMap<string, string> {
  const lines = Buffer.from(dictionary.dic).toString().trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [word = '', flags = ''] = line.split('/');
      return [word, flags];
    }),
  );
}

let read: ReadonlyMap<string, string> | undefined;

/** Read at the first prompt: it takes a tenth of a second of the app's start. */
function flagsByWord(): ReadonlyMap<string, string> {
  read ??= readDictionary();
  return read;
}

/** `ies>y S`: the ending, what replaces it in the stem, and the flag that the stem must have (index.aff of dictionary-en). */
const endings =
  `ies>y S, es> S, s> S, ied>y D, ed>e D, ed> D, ing>e G, ing> G, ings>e J, ings> J, ier>y R, er>e R, er> R,
  iers>y Z, ers>e Z, ers> Z, iest>y T, est>e T, est> T, ly> Y, iness>y P, ness> P, able>e B, able> B, ment> L, ive>e V,
  ive> V, ion>e N, ion> N, en> N, ions>e X, ions> X`
    .split(/,\s+/)
    .map((rule) => rule.split(/[> ]/));
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
  return flagsByWord().has(plain.charAt(0).toUpperCase() + plain.slice(1));
}

function isStemOrInflected(word: string): boolean {
  if (flagsByWord().has(word)) return true;
  return endings.some(([ending = '', replacement = '', flag = '']) => {
    if (word.length < ending.length + minStem || !word.endsWith(ending)) return false;
    return (
      flagsByWord()
        .get(word.slice(0, -ending.length) + replacement)
        ?.includes(flag) ?? false
    );
  });
}
