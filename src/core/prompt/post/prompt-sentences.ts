import type { Mood } from './mood.js';

interface PromptSentences {
  /** What the image shows. The colon keeps the phrases in the case in which the post had them. */
  scene: (list: string) => string;
  /** Light and colour that carry the feeling; a neutral post needs none. */
  moods: Record<Exclude<Mood, 'neutral'>, string>;
  /** Between two sentences. */
  space: string;
}

const english: PromptSentences = {
  scene: (list) => `A single scene showing ${list}.`,
  moods: {
    positive: 'The mood is joyful, with bright, warm light.',
    negative: 'The mood is somber, with soft, muted colors.',
    mixed: 'The mood is bittersweet, with light and shadow side by side.',
  },
  space: ' ',
};

/** A prompt stays in its post's language, so that a person can read and edit it; English wins where none is known. */
const byLanguage: Record<string, PromptSentences> = {
  en: english,
  de: {
    scene: (list) => `Eine einzige Szene: ${list}.`,
    moods: {
      positive: 'Die Stimmung ist fröhlich, mit hellem, warmem Licht.',
      negative: 'Die Stimmung ist ernst, mit weichen, gedämpften Farben.',
      mixed: 'Die Stimmung ist bittersüß, mit Licht und Schatten nebeneinander.',
    },
    space: ' ',
  },
  es: {
    scene: (list) => `Una sola escena: ${list}.`,
    moods: {
      positive: 'El ambiente es alegre, con luz cálida y brillante.',
      negative: 'El ambiente es sombrío, con colores suaves y apagados.',
      mixed: 'El ambiente es agridulce, con luz y sombra lado a lado.',
    },
    space: ' ',
  },
  fr: {
    scene: (list) => `Une seule scène : ${list}.`,
    moods: {
      positive: 'L’ambiance est joyeuse, avec une lumière vive et chaude.',
      negative: 'L’ambiance est grave, avec des couleurs douces et éteintes.',
      mixed: 'L’ambiance est douce-amère, entre ombre et lumière.',
    },
    space: ' ',
  },
  it: {
    scene: (list) => `Un’unica scena: ${list}.`,
    moods: {
      positive: 'L’atmosfera è gioiosa, con una luce calda e luminosa.',
      negative: 'L’atmosfera è cupa, con colori tenui e spenti.',
      mixed: 'L’atmosfera è agrodolce, tra luci e ombre.',
    },
    space: ' ',
  },
  pt: {
    scene: (list) => `Uma única cena: ${list}.`,
    moods: {
      positive: 'O clima é alegre, com luz quente e brilhante.',
      negative: 'O clima é sombrio, com cores suaves e apagadas.',
      mixed: 'O clima é agridoce, com luz e sombra lado a lado.',
    },
    space: ' ',
  },
  ar: {
    scene: (list) => `مشهد واحد: ${list}.`,
    moods: {
      positive: 'الأجواء مبهجة، بضوء ساطع ودافئ.',
      negative: 'الأجواء حزينة، بألوان ناعمة وخافتة.',
      mixed: 'الأجواء ممزوجة بالفرح والحزن، بين الضوء والظل.',
    },
    space: ' ',
  },
  hi: {
    scene: (list) => `एक ही दृश्य: ${list}।`,
    moods: {
      positive: 'माहौल खुशनुमा है, चमकीली और गर्म रोशनी के साथ।',
      negative: 'माहौल गंभीर है, हल्के और फीके रंगों के साथ।',
      mixed: 'माहौल खट्टा-मीठा है, रोशनी और छाया साथ-साथ।',
    },
    space: ' ',
  },
  ja: {
    scene: (list) => `一つの場面：${list}。`,
    moods: {
      positive: '明るく暖かい光の、楽しい雰囲気。',
      negative: '柔らかく抑えた色の、重い雰囲気。',
      mixed: '光と影が並ぶ、ほろ苦い雰囲気。',
    },
    space: '',
  },
  ko: {
    scene: (list) => `하나의 장면: ${list}.`,
    moods: {
      positive: '밝고 따뜻한 빛의 즐거운 분위기.',
      negative: '부드럽고 차분한 색의 무거운 분위기.',
      mixed: '빛과 그림자가 함께하는 씁쓸하면서도 달콤한 분위기.',
    },
    space: ' ',
  },
  zh: {
    scene: (list) => `一个场景：${list}。`,
    moods: {
      positive: '气氛欢快，光线明亮温暖。',
      negative: '气氛沉重，色彩柔和暗淡。',
      mixed: '气氛悲喜交加，光影并存。',
    },
    space: '',
  },
  'zh-TW': {
    scene: (list) => `一個場景：${list}。`,
    moods: {
      positive: '氣氛歡快，光線明亮溫暖。',
      negative: '氣氛沉重，色彩柔和暗淡。',
      mixed: '氣氛悲喜交加，光影並存。',
    },
    space: '',
  },
};

/** The sentence that shows the phrases, in the post's language. */
export function sceneSentence(phrases: readonly string[], language: string): string {
  const sentences = byLanguage[language] ?? english;
  const locale = sentences === english ? 'en-GB' : language; // en-GB: no comma before "and"
  return sentences.scene(new Intl.ListFormat(locale, { type: 'conjunction' }).format(phrases));
}

/** The prompt with a sentence for its mood behind it; the prompt alone where the mood needs none. */
export function withMood(prompt: string, mood: Mood | undefined, language: string): string {
  if (mood === undefined || mood === 'neutral') return prompt;
  const { moods, space } = byLanguage[language] ?? english;
  const hasEnd = /[.!?…。！？।؟]["”’»)]?$/u.test(prompt);
  const stop = space === '' ? '。' : '.';
  return `${prompt}${hasEnd ? '' : stop}${space}${moods[mood]}`;
}
