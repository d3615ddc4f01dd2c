const listed = {
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
  nl: `de het een en of maar van in op met voor door is zijn was wordt dit dat deze die wij we ons onze jij je ik mijn hij zij
    niet geen ook als naar bij uit zeer nog heel er aan hebben heeft te`,
  pl: `i w we na z ze do od dla o po jest są był była być to ten ta te się nie że jak ale lub czy my nasz nasza ja mój on ona
    który która już tylko bardzo oraz`,
  sv: `en ett och eller men i på av till med för från är var vara det den de detta som vi vår vårt du din jag min han hon inte
    om att har hade så mycket också när`,
  tr: `ve veya ama bir bu şu o için ile de da mi mı ne gibi çok daha en var yok değil olarak biz bizim ben benim sen siz onlar
    her kadar sonra ki`,
  fi: `ja tai mutta on oli olla se ne tämä nämä joka että ei en me meidän minä minun sinä hän he kun niin myös hyvin mukaan
    kanssa ovat`,
  da: `og eller men i på af til med for fra er var være det den de dette som vi vores du din jeg min han hun ikke om at har
    havde så meget også når et en`,
  cs: `a nebo ale v ve na z ze do od pro je jsou byl byla být to ten ta se ne že jak my náš naše já můj on ona který která už
    jen velmi také`,
  hi: `और या है हैं था थी का की के को में से पर यह वह हम हमारा हमारे मैं मेरा आप नहीं भी एक ने तो ही इस उस लिए`,
  ar: `في من على إلى عن مع هذا هذه ذلك التي الذي كان كانت هو هي نحن لا ما أن إن و أو ثم كل قد لم لن`,
  ja: `の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため その よう また もの ます です まし`,
  ko: `은 는 이 가 을 를 에 의 와 과 도 로 으로 에서 그 저 것 수 등 및 또는 하지만 그리고 있다 있는 합니다 했습니다 우리`,
  zh: `的 了 在 是 我 我们 你 你们 他 她 它 有 和 就 不 人 都 一 一个 也 很 到 说 要 去 会 着 没有 这 那 与 及 或 但 而 对 为`,
} as const;

/** A language that the stand-in recognises in Latin script, by its small words. */
export type StopWordLanguage = keyof typeof listed;

const sets = new Map<string, ReadonlySet<string>>(
  Object.entries(listed).map(([language, words]) => [language, new Set(words.split(/\s+/))]),
);

/** The small words of a language; none for one that is not known here. */
export function stopWords(language: string): ReadonlySet<string> {
  return sets.get(language === 'zh-TW' ? 'zh' : language) ?? new Set();
}

export const latinLanguages: readonly StopWordLanguage[] = [
  'en',
  'es',
  'fr',
  'de',
  'it',
  'pt',
  'nl',
  'pl',
  'sv',
  'tr',
  'fi',
  'da',
  'cs',
];
