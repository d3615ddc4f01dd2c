/** Anything longer in an answer is an image. */
const longString = 10_000;
const quote = 0x22;
const backslash = 0x5c;

export interface ParsedAnswer {
  /** The answer, with a short stand-in for each long string. */
  json: unknown;
  /** What a stand-in stands for, as it came: ASCII bytes of base64. undefined for every other string. */
  bytesOf(text: string): Buffer | undefined;
}

/**
 * Reads an answer as JSON without making strings of the images in it: two of 2 MB, for the text and for the value, cost
 * more than decoding the image does, most of it in garbage collection.
 * @throws SyntaxError where it is not JSON
 */
export function parseAnswer(answer: Uint8Array): ParsedAnswer {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  const cutOut = new Map<string, Buffer>();
  const kept: string[] = [];
  let keptTo = 0;
  for (const { start, end } of longStrings(bytes)) {
    const standIn = `cut out at ${start}`;
    cutOut.set(standIn, bytes.subarray(start, end));
    kept.push(bytes.toString('utf8', keptTo, start), standIn);
    keptTo = end;
  }
  kept.push(bytes.toString('utf8', keptTo));
  return { json: JSON.parse(kept.join('')), bytesOf: (text) => cutOut.get(text) };
}

/** Between the quotes of each long string. One with an escape in it is left to the parser: base64 has none. */
function* longStrings(bytes: Buffer): Generator<{ start: number; end: number }> {
  let opening = bytes.indexOf(quote);
  while (opening !== -1) {
    const start = opening + 1;
    let end = bytes.indexOf(quote, start);
    while (end !== -1 && isEscaped(bytes, end)) end = bytes.indexOf(quote, end + 1);
    if (end === -1) return;
    if (end - start > longString && !bytes.subarray(start, end).includes(backslash)) yield { start, end };
    opening = bytes.indexOf(quote, end + 1);
  }
}

function isEscaped(bytes: Buffer, position: number): boolean {
  let backslashes = 0;
  while (bytes[position - 1 - backslashes] === backslash) backslashes += 1;
  return backslashes % 2 === 1;
}
