import dictionary from 'dictionary-en';

let read: ReadonlyMap<string, string> | undefined;

/**
 * Hunspell's word list, one `word/flags` a line: every word with the flags that say which endings it takes. Read at the
 * first prompt, as it takes a tenth of a second.
 */
function flagsByWord(): ReadonlyMap<string, string> {
  if (read) return read;
  // one line at a time: an array for each of its 50,000 lines would take 12 MB until they are collected
  const lines = Buffer.from(dictionary.dic)
    .toString()
    .matchAll(/^([^/\n]+)\/?(.*)$/gm);
  const flags = new Map<string, string>();
  for (const [, word = '', ofWord = ''] of lines) flags.set(word, ofWord);
  read = flags;
  return read;
}

/** `ies>y S`: the ending, what replaces it in the stem, and the flag that the stem must have (index.aff of dictionary-en). */
const endings =
  `ies>y S, es> S, s> S, ied>y D, ed>e D, ed> D, ing>e G, ing> G, ings>e J, ings> J, ier>y R, er>e R, er> R,
  iers>y Z, ers>e Z, ers> Z, iest>y T, est>e T, est> T, ly> Y, iness>y P, ness> P, able>e B, able> B, ment> L, ive>e V,
  ive> V, ion>e N, ion> N, en> N, ions>e X, ions> X`
    .split(/,\s+/)
    .map((rule) => rule.split(/[> ]/));
/** The shortest stem that is left when an ending is removed, in letters. */
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
    const flags = flagsByWord().get(word.slice(0, -ending.length) + replacement);
    return flags?.includes(flag);
  });
}

/**
 * Words that tell a language (ISO 639-1) of the Latin script: the small ones that hold a sentence together, and for the
 * commonest languages the things and colors that prompts are full of. Words that are common in English too ("die",
 * "on", "over", "rose") are left out. Danish and Norwegian share one list; they differ in spelling, hardly in these words.
 */
const danishAndNorwegian = `en et ei på og med i som av af ved til fra uten uden mellem mellom spiller læser leser
  sover flyver flyr løber løper danser drikker spiser sidder står plakat havn hund sort rød blå hvit hvid skog skov
  snø sne hus kvinne kvinde mann mand gammel liten lille`;
const indonesianAndMalay = `di dan yang dengan sebuah seekor seorang dari pada kucing anjing merah hitam putih rumah
  gunung laut tua kecil dua tiga`;

const words: Record<string, string> = {
  ca: 'el la els les un una uns unes del dels al als amb per i en sobre sota gat gos nit casa petit vell dona home mar',
  cs: `na v ve s se z ze pod nad u při je kočka pes město noc černá starý stará malý dům hora les žena muž hraje čte
    spí letí běží tančí pije sedí stojí bez mezi`,
  da: danishAndNorwegian,
  de: `der das dem den des ein eine einen einem einer eines im mit und auf bei beim vor über unter von vom zum zur für
    aus ist durch nach neben hund katze frau mann stadt nacht wald berg meer haus roter rote schwarze schwarzer weißer
    kleine kleiner kleines alte altes porträt landschaft zwei drei spielt spielen liest lesen schläft schlafen fliegt
    fliegen läuft laufen tanzt tanzen trinkt sitzt sitzen steht stehen schaut zwischen während wo plakat hafen`,
  es: `el la los las un una unos unas del al con por para y en de sobre entre sin bajo su que es gato perro mujer
    hombre niño niña ciudad noche montaña bosque playa cielo nieve rojo roja negro negra blanco azul viejo vieja
    pequeño pequeña casa mar retrato paisaje dos tres desde hacia hasta donde mientras cuando muy está están juega
    juegan duerme duermen vuela vuelan corre baila bailan bebe mira sentado sentada puesta salida atardecer`,
  fi: `ja kissa koira nainen mies kaupunki yöllä kun joka vieressä päällä punainen musta valkoinen sininen vanha pieni
    talo metsä meri kaksi kolme ilman kanssa alla yllä edessä takana keskellä pelaa pelaavat lukee nukkuu lentää
    juoksee tanssii juo syö istuu seisoo juliste satama`,
  fr: `le la les l d un une des du de et dans avec sur sous au aux en pour près sans est qui par chat chien femme
    homme ville nuit montagne forêt plage ciel neige rouge noir noire blanc bleu vieux vieille petit petite maison mer
    paysage deux trois à entre vers chez très où jouent joue dort dorment volent danse dansent mangent regarde assis
    assise affiche aube coucher soleil`,
  hu: `egy az és alatt mellett van macska kutya éjszaka város piros fekete öreg kis ház hegy erdő nő férfi két három
    olvas alszik repül táncol iszik ül áll játszik fölött előtt nélkül`,
  id: indonesianAndMalay,
  it: `il lo la gli i le l d un uno una del dello della dei degli delle nel nella nei con sul sulla di e al alla sotto
    che tra è più gatto cane donna uomo città notte montagna bosco spiaggia cielo neve rosso rossa nero nera bianco
    vecchio vecchia piccolo piccola casa mare ritratto paesaggio due tre all' dall' dell' nell' sull' coll' dallo
    dalla dalle negli nelle sugli sulle mentre quando molto gioca giocano legge leggono dorme dormono vola volano
    corre corrono balla ballano beve mangia mangiano guarda seduto seduta tramonto`,
  ms: indonesianAndMalay,
  nl: `een het de op met en bij naar onder voor aan van door kat hond vrouw man stad nacht berg bos strand lucht
    sneeuw rode zwarte witte blauwe oude kleine huis landschap portret twee drie speelt spelen leest slaapt vliegt
    vliegen loopt danst dansen drinkt eet zitten staat kijkt tussen tijdens`,
  no: danishAndNorwegian,
  pl: `na w we z ze i pod nad przy obok do jest kot pies miasto noc nocą czerwony czarny biały stary stara mały dom
    morze las kobieta góry dwa dwie trzy gra grają czyta śpi śpią lata leci biegnie tańczy pije je siedzi stoi patrzy
    bez między`,
  pt: `o os um uma uns umas da das do dos na nas no nos com em ao à de e sobre sob para que gato cachorro mulher homem
    menina cidade noite montanha floresta praia céu neve vermelho vermelha preto preta branco azul velho velha pequeno
    pequena casa mar retrato paisagem dois duas três pela pelo entre desde até onde muito está estão joga jogam dorme
    dormem voa voam corre dança dançam bebe olha sentado sentada pôr`,
  ro: `o un în și cu pe la din sub de este pisică câine noapte vechi lângă casă munte femeie doi două trei citește
    doarme zboară aleargă dansează bea stă fără între`,
  sk: 'na v vo s so z zo pod nad pri je mačka pes mesto noc',
  sv: `en ett på och med i som av för från hund katt röd svart blå stad natt skog snö hus gammal liten kvinna hav två
    fyra över vid bredvid utan mellan spelar läser sover flyger springer dansar dricker äter står tittar affisch hamn`,
  tr: `bir ve ile üzerinde altında kedi köpek gece şehir kara mavi eski küçük ev deniz dağ kadın iki üç olan gibi için
    oynuyor okuyor uyuyor uçuyor koşuyor içiyor oturan duran altın`,
  vi: 'một con trong trên và của với dưới chó mèo màu',
};

/** Some of them occur in English prompts too: as words, typing mistakes, names ("Las Vegas") and borrowed phrases ("fleur de lis"). */
const weak = new Set(
  `affiche al alla au aux av az bea bebe berg blanc bleu casa chat chez con corre d da das de del della dem den der
  des di do dom dona dos drei du due e ein el em en es est et ev gat hamn hasta home hund hus i il im je joga
  kara kat kleine l la las lata le les lille liten lo los man mand mar mare med met mira molto muy na nad no noir o
  olan op os par pe pela per pes petit piccolo pod portret quando que rouge s se sin so soleil som sort sous stad strand su
  sub sur tre tres trong très tua u um un und v van ve vecchia vecchio vid vola volent von w we wo y yang z ze à`.split(
    /\s+/u,
  ),
);

/** Letters of one language only, which no word borrowed into English has. */
const letters: [RegExp, string][] = [
  [/[ąęłśźżń]/u, 'pl'],
  [/[řěů]/u, 'cs'],
  [/[ığ]/u, 'tr'],
  [/[őű]/u, 'hu'],
  [/[șț]/u, 'ro'],
  [/[đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/u, 'vi'],
];

const languagesByWord = new Map<string, string[]>();
for (const [language, list] of Object.entries(words))
  for (const word of list.split(/\s+/u)) languagesByWord.set(word, [...(languagesByWord.get(word) ?? []), language]);

/** The languages that a word tells; none for most words, nor for a name ("Gdańsk"). */
export function languagesTold(word: string): string[] {
  const lower = word.toLowerCase();
  const languages = languagesByWord.get(lower);
  if (languages) return languages;
  if (word !== lower) return [];
  return letters.filter(([letter]) => letter.test(word)).map(([, language]) => language);
}

/** Whether such a word may be part of an English prompt as well. */
export function isWeak(word: string): boolean {
  return weak.has(word.toLowerCase());
}
