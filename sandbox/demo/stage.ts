import type { Sandbox } from '../start-sandbox.js';
import type { SeenMessage } from '../workspace/seen.js';

/** Says one line, with the time that has passed. */
export type Tell = (sentence: string) => void;

/** Where the demo plays: #marketing, where Ana asks and Ben posts. */
export interface Stage {
  sandbox: Sandbox;
  ana: string;
  ben: string;
  channel: string;
  tell: Tell;
}

export function createStage(sandbox: Sandbox, tell: Tell): Stage {
  const { people, channels } = sandbox.workspace;
  return { sandbox, ana: people.ana.id, ben: people.ben.id, channel: channels.marketing.id, tell };
}

/** What Ana sees of the app there, oldest first. */
export function answersOf({ sandbox, channel, ana }: Stage): SeenMessage[] {
  return sandbox.workspace.messages(channel, { as: ana }).filter(({ botId }) => botId);
}

/** Such as "2 of 4 ready" or, at the end, the recipe. */
export function lastLine(message: SeenMessage | undefined): string | undefined {
  const context = message?.blocks.findLast((block) => block.type === 'context');
  const element = context?.elements[0];
  return element && 'text' in element ? element.text : undefined;
}
