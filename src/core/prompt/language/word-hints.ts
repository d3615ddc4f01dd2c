/**
 * Endings of one language, a weaker sign than its small words. A word of three letters and more before one of them is looked
 * at only if no English dictionary has it. Kitchens and concert halls borrow Italian words all the time, and Spanish and
 * French ones, so the ending counts only beside a small word of its language; hardly anything is borrowed from the others.
 */
const hints: readonly { language: string; ending: RegExp; needsSmallWord: boolean }[] = [
  {
    language: 'es',
    ending: /(?:ción|ciones|dad|ando|iendo|ito|ita|illo|illa|eros?|oso|osa|mente)$/u,
    needsSmallWord: true,
  },
  { language: 'fr', ending: /(?:eaux?|euse|eux|ère|ières?|aient|ité|ette|elle|ment|ant)$/u, needsSmallWord: true },
  {
    language: 'it',
    ending: /(?:zion[ei]|aggi[oi]?|ell[oaie]|ill[oaie]|ett[oaie]|oso|osa|ano|ono|cchi[oae]?|mente|ando|endo)$/u,
    needsSmallWord: true,
  },
  { language: 'pt', ending: /(?:ção|ções|ões|ão|inh[oa]s?|dade|ando|endo|oso|osa|mente)$/u, needsSmallWord: true },
  {
    language: 'de',
    ending: /(?:ung|ungen|keit|heit|isch|ische[rsn]?|lich|liche[rsn]?|chen|enden?|endes?)$/u,
    needsSmallWord: true,
  },
  { language: 'sv', ending: /(?:arna|orna|erna|ande|ning|sk[at]|het|ligt?)$/u, needsSmallWord: true },
  { language: 'fi', ending: /(?:inen|ss[aä]|[lst]tä|llä)$/u, needsSmallWord: false },
  { language: 'fi', ending: /(?:[lst]ta|ll[ae]|ksi|[aeiouyäö]n[aä]|uu|yy)$/u, needsSmallWord: true },
  { language: 'hu', ending: /(?:ban|ben|nak|nek|val|vel|ság|ség|ok|ek|ók|ők)$/u, needsSmallWord: true },
];

/** The shortest beginning of a word before an ending that counts. */
const minBeginning = 3;

/** The languages that the ending of an unknown lower-case word hints at. */
export function languagesHinted(word: string): { language: string; needsSmallWord: boolean }[] {
  return hints.filter(({ ending }) => word.search(ending) >= minBeginning);
}

/**
 * Words that half of Europe writes alike. They say nothing of a prompt's language, though an English dictionary has them.
 */
const shared = new Set(
  `album alligator banana bar bikini bonsai cactus camera casino cello chalet dessert diva festival film finale flamenco
  flora garage gondola gorilla graffiti hobby hotel idol jazz judo karate koala ballet lava lemming logo lotus macho
  mango manga marathon melon menu metro mini mosaic motor museum ninja nostalgia opera orchestra origami panda panorama
  papaya park pasta pesto piano pizza poker polo polka portal puma pyjama radio restaurant retro robot rock rugby safari
  salami salsa samurai sauna selfie siesta silo simple sofa solo sport sushi tango tank taxi tennis terminal tiger tofu
  total tram transparent trio tropical tsunami video villa violin virus visa vulkan wagon yoga zebra zen zombie`.split(
    /\s+/u,
  ),
);

/** Whether a word is the same in many languages. */
export function isShared(word: string): boolean {
  return shared.has(word);
}
