/** Kana before Han: Japanese uses both. Han alone is Chinese only with its small words; the Arabic script only without Persian and Urdu letters. */
const scriptsOfOneLanguage: [RegExp, string][] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Thai}/u, 'th'],
  [/^(?!.*[پچژگکیےٹڈڑ]).*\p{Script=Arabic}/u, 'ar'],
  // two of them at least, one a small word; each part says what it skips, so that no text is gone through twice
  [
    /^(?=[^的了和在里是们这个着]*[的了和在里是们这个着])\P{Script=Han}*\p{Script=Han}\P{Script=Han}*\p{Script=Han}/u,
    'zh',
  ],
  [/[їєґ]/u, 'uk'],
];

export type ScriptVerdict = { isLatin: true } | { isLatin: false; language?: string };

/** Whether a text is mostly in the Latin script and, where it is not, the language (ISO 639-1) that its script gives away. */
export function judgeScript(text: string): ScriptVerdict {
  const letters = text.match(/\p{L}+/gu)?.join('') ?? '';
  const others = letters.replace(/\p{Script=Latin}+/gu, '');
  if (others.length === 0 || others.length * 2 < letters.length) return { isLatin: true };
  const language = scriptsOfOneLanguage.find(([script]) => script.test(others))?.[1];
  return language ? { isLatin: false, language } : { isLatin: false };
}
