const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

export function tag(name: string, text: string | number | boolean): string {
  const escaped = String(text).replace(/[&<>"\r]/g, (character) => entities[character] ?? character);
  return `<${name}>${escaped}</${name}>`;
}
