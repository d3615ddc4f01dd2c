/** The longest beginning of a text that has at most `limit` bytes in UTF-8 and ends with a whole character. */
export function cutToBytes(text: string, limit: number): string {
  // encodeInto writes whole characters only, and says how many UTF-16 units it has read.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(limit));
  return text.slice(0, read);
}
