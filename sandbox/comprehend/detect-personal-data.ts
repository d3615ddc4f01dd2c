interface Entity {
  Type: 'NAME' | 'EMAIL' | 'PHONE' | 'URL' | 'USERNAME' | 'ADDRESS' | 'DATE_TIME';
  Score: number;
  BeginOffset: number;
  EndOffset: number;
}

/** First names that this stand-in knows; a capitalized word after one is a surname. */
const firstNames =
  `Ana|Ben|Chika|Dana|Emeka|Fatima|Giulia|Hiro|Ingrid|Jonas|Kofi|Lena|Maria|María|Mateo|Nadia|Omar|Priya|
  Sofia|Tomás|Yuki`.replaceAll(/\s/g, '');

const rules: readonly [Entity['Type'], RegExp][] = [
  ['EMAIL', /(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.[\w-]+)+/g],
  ['URL', /(?<!\w)(?:https?:\/\/|www\.)[^\s<>()"]+[^\s<>()".,;:!?]/g],
  ['PHONE', /(?<![\w+])(?:\+\d{1,3} ?|\()\d[\d ()-]{5,}\d/g],
  ['USERNAME', /(?<![\w.])@[A-Za-z]\w*/g],
  [
    'ADDRESS',
    /(?<!\w)\d{1,4} [A-Z][a-z]+ (?:Street|Road|Lane|Avenue)|(?<!\p{L})(?:Lisbon|Porto|Kyoto|London)(?!\p{L})/gu,
  ],
  ['DATE_TIME', /(?<!\w)(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|today|tomorrow)(?!\w)/g],
  ['NAME', new RegExp(`(?<!\\p{L})(?:${firstNames})(?!\\p{L})(?: \\p{Lu}\\p{Ll}+)?`, 'gu')],
];

/** Personal data by simple rules, in the order of the text. Offsets count Unicode code points, as Comprehend's do. */
export function detectPersonalData(text: string): Entity[] {
  const entities = rules.flatMap(([Type, rule]) =>
    Array.from(text.matchAll(rule), ({ 0: { length }, index }) => ({
      Type,
      Score: 0.99,
      BeginOffset: [...text.slice(0, index)].length,
      EndOffset: [...text.slice(0, index + length)].length,
    })),
  );
  return entities.sort((one, other) => one.BeginOffset - other.BeginOffset);
}
