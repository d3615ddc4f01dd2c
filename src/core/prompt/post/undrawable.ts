const web = /(?:https?:\/\/|www\.)\S+/giu;
// The lookbehind keeps the search linear in a text without any address.
const mail = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** Without web and mail addresses. */
export function withoutAddresses(text: string): string {
  return text.replace(web, ' ').replace(mail, ' ').replace(/\s+/gu, ' ').trim();
}

const others = [
  /(?<![\p{L}\p{N}])@[\p{L}\p{N}._-]+/gu, // mentions
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20e3|\ufe0f)\u200d?/gu,
  /["“”„«»]/gu, // quoted words would be painted as lettering
];

const dates = [
  /(?<!\p{N})(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\p{N})/gu,
  /(?<!\p{N})\d{1,2}(?::\d{2}){1,2}(?:\s*(?:[ap]\.?m\b\.?|uhr\b))?/giu,
  /(?<!\p{N})(?:\d{1,2}[.h]\d{2}\s*(?:[ap]\.?m\b\.?|uhr\b)|\d{1,2}\s*(?:[ap]\.?m\b\.?|uhr\b)|\d{1,2}h\d{2}\b)/giu,
  /(?<!\d)(?:\d+\s*[年月日時时點点分년월일시]\s*)+/gu,
  /\b(?:today|tomorrow|yesterday|tonight|(?:this|next|last) (?:week|month|year|quarter|morning|afternoon|evening))\b/giu,
  /\bq[1-4]\b/giu,
];

/**
 * One phrase without what an image cannot show or would show as garbled lettering: addresses, mentions, the signs of
 * hashtags, emoji, dates, times and bare numbers. '' where nothing is left. `language`: the phrase's own, ISO 639-1.
 */
export function withoutUndrawable(phrase: string, language: string): string {
  let words = withoutAddresses(phrase).replace(/#(?=[\p{L}\p{N}_])/gu, '');
  for (const pattern of others) words = words.replace(pattern, ' ');
  words = tidy(words);
  const undated = tidy(
    [calendarDates(language), ...dates].reduce((text, pattern) => text.replace(pattern, ' '), words),
  );
  const kept = undated === words ? words : tidy(withoutLooseEnds(undated.replace(looseStart, '')));
  return /\p{L}/u.test(kept.replace(numberWithUnit, '')) ? kept : '';
}

/** What a date leaves behind at the end: "our launch on Friday" → "our launch". */
const looseEnds = new Set(
  `at on in by until till from to of since before after through with and the der die das dem am um bis ab den le el il à a
  de del du di em no na às alle ore`.split(/\s+/u),
);

function withoutLooseEnds(text: string): string {
  const words = text.split(' ');
  while (looseEnds.has(words.at(-1)?.toLowerCase() ?? '')) words.pop();
  return words.join(' ');
}

/** And in front: the Japanese and Chinese possessive. */
const looseStart = /^[の的]/u;

/** A number alone, whatever its unit: "10%", "$5m", "2,500". */
const numberWithUnit = /[\p{Sc}+-]?\p{N}[\p{N}.,]*\s*(?:%|\p{Sc}|(?:[kmb]|bn)(?!\p{L}))?/giu;

function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(edges, '').trim();
}

// Here and above: without the lookbehind every character of a long run would begin a search of its own.
const edges =
  /^(?:['’]s\s|[\s\p{Pd}\p{Pe}\p{Pf}\p{Po}])+|(?<![\s\p{Pd}\p{Ps},.;:!?'’、。，！？：；])[\s\p{Pd}\p{Ps},.;:!?'’、。，！？：；]+$/gu;

/** Languages written without spaces, where a name may stand right beside other letters. */
const unspaced = new Set(['ja', 'zh', 'zh-TW', 'ko']);

const calendars = new Map<string, RegExp>();

/** Weekdays and months, with the day and year at them, by the names that Node has for the language. */
function calendarDates(language: string): RegExp {
  const known = calendars.get(language);
  if (known) return known;
  const names = calendarNames(language).join('|');
  const day = '\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?';
  const date = `(?:${day}\\s*(?:(?:of|de)\\s+)?)?(?:${names})(?:\\s+${day}(?!\\p{N}))?(?:,?\\s+(?:de\\s+)?\\d{4})?`;
  const bounded = unspaced.has(language) ? date : `(?<![\\p{L}\\p{N}])${date}(?![\\p{L}])`;
  // English alone has verbs among its months ("march", "may"); they are told apart by their capital.
  const pattern = new RegExp(bounded, language === 'en' ? 'gu' : 'giu');
  calendars.set(language, pattern);
  return pattern;
}

function calendarNames(language: string): string[] {
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  const weekdays = Array.from({ length: 7 }, (_, day) => weekday.format(Date.UTC(2024, 0, day + 1)));
  const months = Array.from({ length: 12 }, (_, index) => month.format(Date.UTC(2024, index, 1)));
  return [...weekdays, ...months.filter((name) => !/\d/u.test(name))];
}
