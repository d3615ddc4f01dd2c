import { useEffect, useState } from 'react';
import type { Act } from '../act.js';
import type { Outcome, Screen } from '../protocol.js';

/** `Shape` is what serve-page.ts returns for this path. */
export async function read<Shape>(path: string): Promise<Shape> {
  return (await fetch(path)).json();
}

/** Asks the sandbox to change something. Throws the server's message if it refuses. */
export async function change<Shape>(path: string, body: unknown): Promise<Shape> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

let actedAt = 0;

/** Whether a message that appears now may well answer what the user did. Only the first one does. */
export function isAnswer(): boolean {
  const isSoon = Date.now() - actedAt < 10_000;
  actedAt = 0;
  return isSoon;
}

/** Does something as a user. Resolves to what went wrong, as Slack would say it, or undefined. */
export async function act(body: Act): Promise<string | undefined> {
  actedAt = Date.now();
  try {
    const { failure } = await change<Outcome>('/act', body);
    return failure && describeFailure(failure);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const meanings: Readonly<Record<string, string>> = {
  operation_timeout: 'the app did not answer within three seconds',
  dispatch_failed: 'the app could not be reached',
};

const describeFailure = (failure: string): string =>
  meanings[failure] ? `“${failure}” (${meanings[failure]})` : `“${failure}”`;

/** A user and the channel that they have open. */
export interface Place {
  user: string;
  channel: string;
}

export interface Live {
  screen: Screen | undefined;
  isConnected: boolean;
}

const openedAt = String(performance.timeOrigin / 1000);

/** The screen of this user, kept up to date. */
export function useScreen({ user, channel }: Place, limit: number): Live {
  const [live, setLive] = useState<Live>({ screen: undefined, isConnected: true });
  useEffect(() => {
    // Nothing of another user's screen, or of another channel, may stay on this one.
    setLive(({ screen, isConnected }) => ({ isConnected, screen: screen && { ...screen, messages: [], view: null } }));
    const source = new EventSource(`/events?${new URLSearchParams({ user, channel, limit: String(limit), openedAt })}`);
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const changed: Screen = JSON.parse(data); // the first one of a connection is complete, later ones hold what changed
      setLive(({ screen }) => ({ screen: { ...screen, ...changed }, isConnected: true }));
    });
    source.addEventListener('error', () => setLive(({ screen }) => ({ screen, isConnected: false })));
    return () => source.close();
  }, [user, channel, limit]);
  return live;
}
