import type { PostFindings, Sentiment } from '../../../../src/core/prompt/post/post-analysis.js';

export interface PostCase {
  name: string;
  post: string;
  language?: string;
  sentiment?: keyof Sentiment;
  /** The surest first, as an analysis of the post finds them. */
  keyPhrases: string[];
  prompt: string;
}

export const posts: PostCase[] = [
  {
    name: 'a launch',
    post: 'Big day! After two years of work, our new electric bike is live at https://ride.test. Huge thanks to the whole team!',
    sentiment: 'positive',
    keyPhrases: [
      'Big day',
      'our new electric bike',
      'https://ride.test',
      'Huge thanks',
      'the whole team',
      'two years',
      'work',
    ],
    prompt:
      'A single scene showing our new electric bike and the whole team. The mood is joyful, with bright, warm light.',
  },
  {
    name: 'a hiring post',
    post: "We're hiring! Looking for a senior data engineer in Lisbon or remote. Send your CV to jobs@acme.test by 12 March. #hiring #data",
    sentiment: 'neutral',
    keyPhrases: ['a senior data engineer', 'Lisbon', 'your CV', 'jobs@acme.test', '12 March', '#hiring', '#data'],
    prompt: 'A single scene showing a senior data engineer, Lisbon, your CV and hiring.',
  },
  {
    name: 'an apology',
    post: 'We are sorry. Our delivery vans were late this week and many of your Christmas parcels did not arrive.',
    sentiment: 'negative',
    keyPhrases: ['Our delivery vans', 'this week', 'your Christmas parcels', 'many of your Christmas parcels'],
    prompt:
      'A single scene showing our delivery vans and many of your Christmas parcels. The mood is somber, with soft, muted colors.',
  },
  {
    name: 'an outage',
    post: 'From 10:42 to 11:15 UTC the checkout page was down. The database ran out of disk space. 3% of orders were lost.',
    sentiment: 'negative',
    keyPhrases: ['10:42', '11:15 UTC', 'the checkout page', 'The database', 'disk space', '3%', 'orders'],
    prompt:
      'A single scene showing the checkout page, the database, disk space and orders. The mood is somber, with soft, muted colors.',
  },
  {
    name: 'a holiday',
    post: 'The office is closed Monday 25 December. Happy holidays, hot cocoa and snowball fights to everyone!',
    sentiment: 'positive',
    keyPhrases: ['The office', 'Monday 25 December', 'Happy holidays', 'hot cocoa', 'snowball fights', 'everyone'],
    prompt:
      'A single scene showing the office, Happy holidays, hot cocoa and snowball fights. The mood is joyful, with bright, warm light.',
  },
  {
    name: 'a thank-you',
    post: 'someone stayed until midnight to rescue the demo. You are a star! party popper',
    sentiment: 'positive',
    keyPhrases: ['someone', 'midnight', 'the demo', 'a star', 'party popper'],
    prompt:
      'A single scene showing midnight, the demo, a star and party popper. The mood is joyful, with bright, warm light.',
  },
  {
    name: 'an event',
    post: 'Join us on Friday at 6pm on the roof terrace for pizza, live jazz and the sunset. RSVP to @lee by Thursday.',
    sentiment: 'positive',
    keyPhrases: ['Friday', '6pm', 'the roof terrace', 'pizza', 'live jazz', 'the sunset', 'RSVP', '@lee', 'Thursday'],
    prompt:
      'A single scene showing the roof terrace, pizza, live jazz and the sunset. The mood is joyful, with bright, warm light.',
  },
  {
    name: 'a farewell of two feelings',
    post: 'After nine years Marta leaves us for a small vineyard in Tuscany. We are happy for her and we will miss her terribly.',
    sentiment: 'mixed',
    keyPhrases: ['nine years', 'Marta', 'a small vineyard', 'Tuscany'],
    prompt:
      'A single scene showing Marta, a small vineyard and Tuscany. The mood is bittersweet, with light and shadow side by side.',
  },
  {
    name: 'phrases that repeat each other',
    post: 'The launch party! Our launch party is the party of the year. launch party, launch party',
    sentiment: 'positive',
    keyPhrases: ['The launch party', 'Our launch party', 'the party', 'launch party', 'the year'],
    prompt: 'A single scene showing the launch party. The mood is joyful, with bright, warm light.',
  },
  {
    name: 'a dated noun',
    post: "Friday's hackathon starts with our March 12 kick-off on 2026-03-12 and next week's robot race.",
    keyPhrases: ["Friday's hackathon", 'our March 12 kick-off on 2026-03-12', "next week's robot race"],
    prompt: 'A single scene showing hackathon, our kick-off and robot race.',
  },
  {
    name: 'the months that are verbs too',
    post: 'You may march with the brass band through the old town.',
    sentiment: 'neutral',
    keyPhrases: ['the march of the brass band', 'the old town', 'May'],
    prompt: 'A single scene showing the march of the brass band and the old town.',
  },
  {
    name: 'numbers with and without things',
    post: '2,500 customers, 3 puppies, 40% growth, $5m in revenue and 10,000.',
    sentiment: 'positive',
    keyPhrases: ['2,500 customers', '3 puppies', '40%', '$5m', '10,000'],
    prompt: 'A single scene showing 2,500 customers and 3 puppies. The mood is joyful, with bright, warm light.',
  },
  {
    name: 'emoji and hashtags in phrases',
    post: 'Our #BeachCleanup 🏖️ team filled 30 bags 👩‍👩‍👧 “Ocean Heroes” award incoming',
    sentiment: 'positive',
    keyPhrases: ['Our #BeachCleanup 🏖️ team', '30 bags 👩‍👩‍👧', '“Ocean Heroes” award'],
    prompt:
      'A single scene showing our BeachCleanup team, 30 bags and Ocean Heroes award. The mood is joyful, with bright, warm light.',
  },
  {
    name: 'more phrases than one image holds',
    post: 'Market day: apples, pears, plums, figs, grapes, melons, peaches and cherries.',
    sentiment: 'neutral',
    keyPhrases: ['apples', 'pears', 'plums', 'figs', 'grapes', 'melons', 'peaches', 'cherries'],
    prompt: 'A single scene showing apples, pears, plums, figs, grapes and melons.',
  },
  {
    name: 'a post with nothing to see in its phrases',
    post: 'Thanks everyone for everything today!',
    sentiment: 'positive',
    keyPhrases: ['Thanks', 'everyone', 'everything', 'today'],
    prompt: 'Thanks everyone for everything today! The mood is joyful, with bright, warm light.',
  },
  {
    name: 'a post too short to be analysed',
    post: 'ship it https://x.test',
    keyPhrases: [],
    prompt: 'ship it',
  },
  {
    name: 'a post in Spanish',
    post: '¡Inauguramos nuestra nueva oficina en Sevilla el lunes 3 de mayo! Habrá música en vivo y un mercado de naranjas.',
    language: 'es',
    sentiment: 'positive',
    keyPhrases: ['Nuestra nueva oficina', 'Sevilla', 'el lunes 3 de mayo', 'música en vivo', 'un mercado de naranjas'],
    prompt:
      'Una sola escena: nuestra nueva oficina, Sevilla, música en vivo y un mercado de naranjas. El ambiente es alegre, con luz cálida y brillante.',
  },
  {
    name: 'a post in German',
    post: 'Leider fällt unser Sommerfest am Freitag um 18 Uhr wegen des Sturms aus.',
    language: 'de',
    sentiment: 'negative',
    keyPhrases: ['unser Sommerfest am Freitag', '18 Uhr', 'des Sturms'],
    prompt:
      'Eine einzige Szene: unser Sommerfest und des Sturms. Die Stimmung ist ernst, mit weichen, gedämpften Farben.',
  },
  {
    name: 'a post in French',
    post: "L'équipe de Lyon a gagné la course de vélos jeudi à 14h30 !",
    language: 'fr',
    sentiment: 'positive',
    keyPhrases: ["L'équipe de Lyon", 'la course de vélos', 'jeudi', '14h30'],
    prompt:
      "Une seule scène : l'équipe de Lyon et la course de vélos. L’ambiance est joyeuse, avec une lumière vive et chaude.",
  },
  {
    name: 'a post in Japanese',
    post: '4月1日に新しい図書館が開きます。桜の木の下で読書会をします。',
    language: 'ja',
    sentiment: 'positive',
    keyPhrases: ['4月1日', '新しい図書館', '図書館', '桜の木', '読書会'],
    prompt: '一つの場面：新しい図書館、桜の木、読書会。明るく暖かい光の、楽しい雰囲気。',
  },
  {
    name: 'a post in Chinese',
    post: '我们的新茶馆星期五开业，欢迎大家来品尝绿茶。',
    language: 'zh',
    sentiment: 'positive',
    keyPhrases: ['新茶馆', '星期五', '绿茶'],
    prompt: '一个场景：新茶馆和绿茶。气氛欢快，光线明亮温暖。',
  },
  {
    name: 'a post in Italian of two feelings',
    post: 'Chiudiamo la vecchia bottega, ma apriamo un forno più grande vicino al porto.',
    language: 'it',
    sentiment: 'mixed',
    keyPhrases: ['la vecchia bottega', 'un forno più grande', 'porto'],
    prompt:
      'Un’unica scena: la vecchia bottega, un forno più grande e porto. L’atmosfera è agrodolce, tra luci e ombre.',
  },
  {
    name: 'a post in Portuguese, its feeling unknown',
    post: 'O novo parque abre no sábado com um carrossel e barracas de pipoca.',
    language: 'pt',
    keyPhrases: ['O novo parque', 'sábado', 'um carrossel', 'barracas de pipoca'],
    prompt: 'Uma única cena: o novo parque, um carrossel e barracas de pipoca.',
  },
  {
    name: 'a very long post',
    post: `${'We walked all day through the rain and sang. '.repeat(400)}At last we saw the lighthouse.`,
    sentiment: 'mixed',
    keyPhrases: ['the rain', 'the lighthouse'],
    prompt:
      'A single scene showing the rain and the lighthouse. The mood is bittersweet, with light and shadow side by side.',
  },
];

/** Scores that fall from phrase to phrase; nine tenths of the feeling on the one named. */
export function findingsOf({
  language = 'en',
  sentiment,
  keyPhrases,
}: Omit<PostCase, 'name' | 'prompt'>): PostFindings {
  const rest = { positive: 0.03, negative: 0.03, neutral: 0.03, mixed: 0.03 };
  return {
    language: { code: language, score: 0.99 },
    sentiment: sentiment && { ...rest, [sentiment]: 0.9 },
    keyPhrases: keyPhrases.map((text, index) => ({ text, score: 0.99 - index / 100 })),
  };
}
