/** The words that lead a noun phrase in: they neither tell two phrases apart nor keep a capital in the middle of a sentence. */
const words: Record<string, string> = {
  de: 'der die das den dem des ein eine einen einem einer unser unsere unseren unserem unserer mein meine',
  en: 'a an the our my your his her their its this that these those all some every each another such',
  es: 'el la los las un una unos unas nuestro nuestra nuestros nuestras mi mis tu tus su sus este esta',
  fr: 'le la les un une des du notre nos mon ma mes votre vos ce cette ces',
  it: 'il lo la gli i le un una uno nostro nostra nostri nostre questo questa',
  pt: 'o a os as um uma uns umas nosso nossa nossos nossas este esta',
};

const byLanguage = new Map(Object.entries(words).map(([language, list]) => [language, new Set(list.split(' '))]));

/** A noun phrase in two: its leading determiners ("all our") and the rest. Elided ones ("l’équipe") count too. */
export function splitDeterminers(phrase: string, language: string): { determiners: string; rest: string } {
  const known = byLanguage.get(language);
  if (!known) return { determiners: '', rest: phrase };
  let rest = phrase;
  for (
    let match = leadingWord.exec(rest);
    match?.[1] && known.has(match[1].toLowerCase());
    match = leadingWord.exec(rest)
  )
    rest = rest.slice(match[0].length);
  if (language === 'fr' || language === 'it') rest = rest.replace(/^(?:l|un|d)['’]/iu, '');
  return { determiners: phrase.slice(0, phrase.length - rest.length), rest };
}

const leadingWord = /^(\p{L}+)\s+/u;
