import { detectKeyPhrases, detectLanguages } from '../comprehend/detect.js';

export interface PromptIdea {
  position: number;
  title: string;
  prompt: string;
}

/** In every title, so that what the stand-in made up is recognized. */
const mark = ' (sandbox)';

/** `English: words of other languages`, of German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Japanese, Chinese, Korean and Arabic. */
const dictionary = `a garden: garten dachgarten jardin jardín giardino jardim tuin trädgård 庭 花园 정원 حديقة
  flowers: blumen fleurs flores fiori bloemen blommor 花 꽃 زهور الزهور
  bees: bienen bienenstöcken abeilles abejas api abelhas bijen bin 蜂 蜜蜂 벌 نحل والنحل
  cherry blossoms: kirschblüten cerisiers さくら 桜 樱花 벚꽃
  a milk latte: ラテ ミルク 拿铁 라떼
  a tree-lined avenue: allee 並木道 林荫道
  salt: salz sel sal sale zout salt 塩
  bread: brot pain pan pane pão brood bröd パン 面包 빵 خبز
  a cup of coffee: kaffee café caffè koffie kaffe コーヒー 咖啡 커피 قهوة
  a bicycle: fahrrad vélo bicicleta bicicletta fiets cykel 自転車 自行车 자전거 دراجة
  a fox: fuchs renard zorro volpe raposa vos räv きつね キツネ 狐 狐狸 여우 ثعلب
  a cat: katze chat gato gatto kat katt 猫 고양이 قطة
  a dog: hund chien perro cane cachorro hond 犬 狗 개 كلب
  the sea: meer mer mar mare zee hav 海 바다 البحر بحر
  a harbor: hafen puerto porto haven hamn 港 항구 ميناء
  a roof: dach toit tejado tetto telhado dak tak 屋顶 屋根 지붕 سطح
  a city: stadt ville ciudad città cidade stad 街 城市 도시 مدينة
  snow: schnee neige nieve neve sneeuw snö 雪 눈 ثلج
  music: musik musique música musica muziek 音楽 音乐 음악 موسيقى
  spring light: frühling printemps primavera lente vår 春 봄 ربيع
  morning light: morgen matin mañana mattina manhã ochtend 朝 早晨 아침 صباح
  night light: nacht nuit noche notte noite natt 夜 밤 ليل`;

const entries = dictionary.split('\n').flatMap((line) => {
  const [english = '', words = ''] = line.trim().split(': ');
  return words.split(' ').map((word) => ({ english, word }));
});

const lights: readonly [RegExp, string][] = [
  [/\bdawn|sunrise\b/, 'dawn light'],
  [/\bmornings?\b/, 'morning light'],
  [/\bsunset|dusk|evening\b/, 'evening light'],
  [/\bnight|midnight\b/, 'night light'],
  [/\bsnow\b/, 'snow light'],
  [/\bsun\b/, 'bright sunlight'],
];

const places =
  /\b(?:rooftop garden|roof garden|roof terrace|forest path|cabin|garden|rooftop|roof|terrace|harbor|beach|coast|river|forest|city|office|kitchen|roastery|lighthouse|street)\b/;

/** Words that are never the subject of an image here: office life, the neutral words of a redacted text, and commands. */
const skipped = new Set(
  `draft newsletter linkedin post email link address phone number someone channel please image images language mood neutral
  positive negative mixed phrases style source words answer ignore instruction instructions prompt prompts system reminder
  thursday monday tuesday wednesday friday saturday sunday previous above english hiring price open house first whole
  morning mornings night midnight dawn evening sunset dusk sunrise sleeps burns new old who for not yet day any one word else yet recipe product dish
  huge save date quarterly wonderful thrilled hybrid orders stayed called
  utc checkout page moves campaign data`.split(/\s+/),
);

/** What a message has between the first of its tags, or all of it. */
function plain(text: string): string {
  const material = /<([a-z_]{2,30})>([\s\S]*)<\/\1>/.exec(text)?.[2] ?? text;
  return material.replace(/<[^<>]{1,40}>/g, ' ').trim();
}

/** The likeliest language of a message, whatever markup it has. */
export function sourceLanguage(text: string): string {
  return detectLanguages(plain(text).slice(0, 2_000))[0]?.LanguageCode ?? 'en';
}

/**
 * Three prompts of simple rules: the first nouns of a text, translated if a small dictionary has them, a place and a light. If
 * the message says that there were others already, they begin with another noun and use other words.
 */
export function proposePrompts(text: string): PromptIdea[] {
  const source = plain(text).slice(0, 2_000).toLowerCase();
  const words = sourceLanguage(text) === 'en' ? englishThings(source) : translatedThings(source);
  const found = words.length > 0 ? words : emojiThings(source);
  const light =
    lights.find(([pattern]) => pattern.test(source))?.[1] ??
    found.find((word) => word.endsWith(' light')) ??
    'soft daylight';
  const place = places.exec(source)?.[0];
  const isAgain = /\balready\b/i.test(text.replace(/<\w+>[\s\S]*<\/\w+>/, ''));
  const named = found.filter((word) => !(place && word.endsWith(place)) && !word.endsWith(' light')).slice(0, 3);
  const things = isAgain ? [...named.slice(1), ...named.slice(0, 1)] : named;
  const [first = 'a paper boat', second = 'a lamp', third = 'a window'] = things;
  const where = place ? `the ${place}` : 'a quiet room';
  const others = [
    ['From above', `Seen from above: ${where} in ${light}, with ${first} and ${second}, muted colors.`],
    ['At night', `Night view of ${where}, ${first} in the light of a lantern, deep shadows.`],
    ['On paper', `Paper cut of ${first}, ${second} and ${third}, layered, two colors.`],
  ];
  const ideas = [
    ['Warm, close', `Close view of ${first} and ${second} in ${where}, ${light}, warm colors.`],
    ['Wide, quiet', `Wide and quiet view of ${where} in ${light}, with ${first} small in the distance.`],
    ['Graphic', `Flat graphic shapes of ${first}, ${second} and ${third} on a plain background, three bold colors.`],
  ];
  return (isAgain ? others : ideas).map(([title, prompt], position) => ({
    position,
    title: `${title}${mark}`,
    prompt: prompt ?? '',
  }));
}

/** A short prompt in English: the things of the small dictionary that it names. */
export function translatePrompt(text: string): string {
  const things = translatedThings(plain(text).slice(0, 2_000).toLowerCase());
  return `${things.join(', ') || 'a paper boat on a table'}, as described`;
}

const head = /^(?:the|a|an|our|my|your|his|her|its|their|this|that|these|those|every|some|few)\s+/;

/** Its phrases, without those that hold a word to be skipped. */
function englishThings(source: string): string[] {
  const phrases = detectKeyPhrases(source, 'en').map(({ Text }) =>
    Text.replace(head, '')
      .replace(head, '')
      .replace(/ (?:behind|across|under)$/, ''),
  );
  const drawable = phrases.filter(
    (phrase) => /^[a-z' -]{3,40}$/.test(phrase) && !phrase.split(/[ '-]/).some((word) => skipped.has(word)),
  );
  return [...new Set(drawable)].slice(0, 6);
}

/** ":hot_air_balloon:" → "a hot air balloon". */
function emojiThings(source: string): string[] {
  const codes = Array.from(source.matchAll(/:([a-z_]{2,30}):/g), ([, name = '']) => `a ${name.replaceAll('_', ' ')}`);
  return [...new Set(codes)];
}

function translatedThings(source: string): string[] {
  const words = new Set(source.match(/\p{L}+/gu) ?? []);
  const isCjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  const found = entries
    .filter(({ word }) => (isCjk.test(word) ? source.includes(word) : words.has(word)))
    .sort((one, other) => source.indexOf(one.word) - source.indexOf(other.word));
  return [...new Set(found.map(({ english }) => english))];
}
