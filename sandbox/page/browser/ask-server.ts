import type { Act } from '../act.js';
import type { Outcome } from '../protocol.js';

/** Asks the sandbox to change something. Rejects with its words where it refuses. */
export async function change(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw new Error(
    typeof answer === 'object' && answer && 'error' in answer ? String(answer.error) : response.statusText,
  );
}

/** Does something as a person of the workspace. */
export async function act(body: Act): Promise<Outcome> {
  const answer = await change('/act', body);
  return answer as Outcome; // the page's own server answers with what protocol.ts says
}

/** `Shape` is what the page's own server answers there. */
export async function read<Shape>(path: string): Promise<Shape> {
  const response = await fetch(path);
  return response.json();
}
