import { gemoji } from 'gemoji';

const descriptions = new Map(gemoji.flatMap(({ names, description }) => names.map((name) => [name, description])));

/**
 * A Slack emoji's name as plain words: its Unicode description where the name is a common one ("tada" → "party popper"),
 * else the name's own words (a workspace's own "party_blob" → "party blob"). Skin tones have none.
 */
export function emojiWords(name: string): string {
  if (isSkinTone(name)) return '';
  return descriptions.get(name) ?? name.replace(/[_-]+/gu, ' ').trim();
}

/**
 * Emoji codes, such as ":tada:" or ":tada::rocket:", as words; one repeated in a row is said once. A code right behind a word
 * ("done:tada:") or a colon counts only where its name is a common one, so that "10:30:45" and "std::vector::size" stay.
 */
export function emojiCodesToWords(text: string): string {
  return text.replace(codesInARow, (codes, before: string) => {
    const names = codes.split(/[:\s]+/u).filter((name) => name !== '');
    const areEmoji = names.every((name) => isEmojiName(name) && (before === '' || isCommonName(name)));
    if (!areEmoji) return codes;
    return ` ${[...new Set(names)].map(emojiWords).join(' ')} `;
  });
}

const codesInARow = /(?<=([\p{L}\p{N}:]?))(?::[\p{Ll}\p{N}_+'-]+:)+(?:\s+(?::[\p{Ll}\p{N}_+'-]+:)+)*(?![\p{L}\p{N}])/gu;

function isEmojiName(name: string): boolean {
  return /\p{L}/u.test(name) || descriptions.has(name);
}

function isSkinTone(name: string): boolean {
  return name.startsWith('skin-tone-');
}

/** One letter or digits alone are more often a list or a time than 🅱 or 💯. */
function isCommonName(name: string): boolean {
  return isSkinTone(name) || (/[^\d]{2}/u.test(name) && descriptions.has(name));
}
