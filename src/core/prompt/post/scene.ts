type Light = readonly [RegExp, string];

/** The times of day that a post can name, and how a prompt says them. */
const times: readonly Light[] = [
  [/\b(?:before|until|at|by|towards?) (?:dawn|daybreak|sunrise)\b|\b(?:dawn|daybreak|sunrise)\b/iu, 'at dawn'],
  [/\b(?:golden hour|sunset|sunsets|dusk|twilight)\b/iu, 'at sunset'],
  [/\bmornings?\b/iu, 'in soft morning light'],
  [/\b(?:noon|midday)\b/iu, 'in bright midday light'],
  [/\bafternoons?\b/iu, 'in warm afternoon light'],
  [/\bevenings?\b/iu, 'in warm evening light'],
  [/\b(?:midnight|nights?|moonlight|moonlit)\b/iu, 'at night'],
];

/** Without a time of day, the weather says what the light is. */
const weathers: readonly Light[] = [
  [/\b(?:candles?|candlelight|lanterns?)\b/iu, 'by candlelight'],
  [/\b(?:fog|foggy|mist|misty)\b/iu, 'in fog'],
  [/\b(?:storm|thunderstorm|stormy)\b/iu, 'under a stormy sky'],
  [/\b(?:snow|snowy|snowfall)\b/iu, 'in the snow'],
  [/\b(?:rain|rainy)\b/iu, 'in the rain'],
  [/\b(?:sunny|sunshine|sunlight|the sun)\b/iu, 'in bright sunlight'],
];

/** How far into a post its light is looked for: what comes later belongs to another scene. */
const maxLooked = 2_000;

/** The light of the scene that an English text describes first; quoted titles say nothing of it. */
export function lightOf(text: string): string | undefined {
  const read = text.slice(0, maxLooked).replace(quoted, ' ');
  return firstOf(times, read) ?? firstOf(weathers, read);
}

function firstOf(lights: readonly Light[], text: string): string | undefined {
  const found = lights.map(([pattern, words]) => ({ at: text.search(pattern), words })).filter(({ at }) => at >= 0);
  return found.sort((a, b) => a.at - b.at)[0]?.words;
}

const quoted = /"[^"]{1,80}"|“[^“”]{1,80}”/gu;

/** Whether a text only quotes a phrase, such as the name of a campaign: as a thing in the scene, it would become lettering. */
export function isQuoted(phrase: string, text: string): boolean {
  const inQuotes = (text.match(quoted) ?? []).some((quote) => quote.includes(phrase));
  return inQuotes && !text.replace(quoted, ' ').includes(phrase);
}

const placeNouns = new Set(
  `airport alley apartment attic avenue backyard bakery balcony barn bay beach bookshop boulevard bridge cabin cabins café cafe
  cannery canteen canyon castle cathedral cave cellar church city classroom cliff coast courtyard deck desert diner dock dunes
  factory farm field fields fjord forest garage garden gallery greenhouse harbor harbour hill hills hotel island jungle kitchen
  laboratory lake library lighthouse loft marina market meadow mill mountain mountains museum nursery ocean office orchard park
  path pier playground plaza pond port quay restaurant river roastery roof rooftop sea seaside shop shore square stadium stage
  station store street streets studio theater theatre terrace tower town valley village vineyard warehouse waterfront
  windmill woods workshop yard`.split(/\s+/u),
);

/** Whether a phrase names a place by its last word. */
export function isPlace(phrase: string): boolean {
  return placeNouns.has(phrase.toLowerCase().slice(phrase.lastIndexOf(' ') + 1));
}

const prepositions = 'in|at|on|near|behind|beside|outside|inside|above|along|by';

/** How the text comes to a place: "at" the cabin. undefined if the place is what the text is about. */
export function leadTo(phrase: string, text: string): string | undefined {
  const at = text.indexOf(phrase);
  if (at < 0) return undefined;
  return new RegExp(`(?<!\\p{L})(${prepositions})\\s+$`, 'iu')
    .exec(text.slice(Math.max(0, at - 12), at))?.[1]
    ?.toLowerCase();
}

/** A town or a country by its capital, right after "in" or "from": "Porto". */
export function townOf(text: string): string | undefined {
  const town = /(?<!\p{L})(?:in|near|from) (?<town>\p{Lu}\p{Ll}{2,}(?: \p{Lu}\p{Ll}{2,})?)/u.exec(text)?.groups?.town;
  return town && !calendar.test(town) ? town : undefined;
}

const calendar =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)/u;
