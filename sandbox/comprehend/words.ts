/** The small words of each language, which end a phrase and tell languages apart. */
const smallWords: Readonly<Record<string, string>> = {
  en: `the a an and or but of to in on at for with from by is are was were be been this that these those it its we our you your
    they their i my me he she his her not no as so if then than when what which who how all just about into over after
    have has had will would can could do does did there here out up us more very too also`,
  es: `el la los las un una unos unas y o pero de del en con por para que es son fue ser está están este esta estos estas eso
    no se su sus nos nuestro nuestra mi tu lo le al como más muy ya hay yo ha han hoy cuando también`,
  fr: `le la les un une des du de et ou mais dans en sur avec pour par que qui est sont était être ce cette ces il elle nous
    notre nos vous votre je mon ma mes ne pas se son sa ses au aux plus très il y a été on tout aussi c'est`,
  de: `der die das den dem des ein eine einen einem einer und oder aber in im am an auf mit für von zu zum zur ist sind war
    wird wir unser unsere ihr sie er es ich mein nicht kein auch als wie dass bei nach aus sehr noch nur hat haben`,
  it: `il lo la i gli le un uno una e o ma di del della dei delle da dal in nel nella con su per che è sono era essere questo
    questa non si suo sua noi nostro nostra mio mia ci al alla come più molto anche ho ha hanno`,
  pt: `o a os as um uma uns umas e ou mas de do da dos das em no na nos nas com por para que é são foi ser este esta isso não
    se seu sua nós nosso nossa meu minha ao à como mais muito já há eu também você está tem`,
  ja: `の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため その よう また もの ます です まし`,
};

/** Words that end a noun phrase in English without being among its smallest words. */
const englishVerbs = `am being get gets got go goes going went come comes came make makes made take takes took give gives gave see sees saw seen
   say says said know think want wants need needs like likes love loves loved hate hates enjoy enjoyed feel feels felt
   look looks looking find finds found use uses used try tries keep keeps kept let lets show shows shown start starts started
   launch launched launching ship shipped announce announced announcing share shared sharing celebrate celebrated celebrating
   join joined meet met help helps helped build builds built work works worked working run runs running ran play plays
   grow grew thank thanks welcome should may might must shall today tomorrow yesterday now never always again ever still
   because while where why until since before between through during without within along across off down back
   everyone everything something someone anyone nothing really finally please let's we're it's i'm don't can't isn't`;

const split = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const sets = new Map(Object.entries(smallWords).map(([language, words]) => [language, split(words)]));

/** None for a language that is not known here. */
export const smallWordsOf = (language: string): ReadonlySet<string> => sets.get(language) ?? new Set();

export const latinLanguages: readonly string[] = ['en', 'es', 'fr', 'de', 'it', 'pt'];

export const verbs = split(englishVerbs);

export const positiveWords =
  split(`good great love loved lovely happy excellent amazing wonderful best beautiful proud excited
  thrilled fantastic delighted enjoy enjoyed thanks thank awesome perfect nice glad fun win won celebrate celebrating success
  successful congratulations joy brilliant grateful 🎉 😀 😍 ❤ 👍 🥳 🚀`);

export const negativeWords =
  split(`bad terrible awful hate hated sad angry worst broken failed failure horrible disappointed
  disappointing slow ugly sorry problem problems lost losing pain wrong annoying outage unfortunately crash crashed bug fear
  afraid frustrated poor 😢 😡 👎 💔 😞`);
