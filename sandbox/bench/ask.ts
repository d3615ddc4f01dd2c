import type { ChildProcess, Serializable } from 'node:child_process';
import { once } from 'node:events';

/** Sends one message to a process and resolves to its next one. One question at a time. */
export async function ask(child: ChildProcess, question: Serializable): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(question);
  const [answer] = await answered;
  return answer;
}
