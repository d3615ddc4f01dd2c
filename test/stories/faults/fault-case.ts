import { expect, it, vi } from 'vitest';
import type { SeenMessage } from '../../../sandbox/workspace/seen.js';
import { countImages, isFinished, type Story, type StoryOptions, startStory, textOf } from '../story.js';

/** One thing that goes wrong, and how it ends for the person who asked. */
export interface FaultCase {
  fault: string;
  options?: StoryOptions;
  plan?(story: Story): void;
  /** What the person does; defaults to asking for a red fox in #marketing. */
  act?(story: Story): Promise<unknown>;
  /** Where the person is. */
  place?: 'marketing' | 'secret';
  end: End;
}

export interface End {
  /** What the person reads, among other words. */
  told?: string;
  /** The most images in one message that the person sees; left out, none. */
  images?: number;
  /** Messages that everyone sees in the end, files among them; defaults to 1. */
  posted?: number;
  /** What the person reads nowhere. */
  notTold?: string;
  /** Messages that the person alone sees where they asked; defaults to 0. */
  private?: number;
  /** Messages in the person's conversation with the app; defaults to 0. */
  direct?: number;
  /** Images that Bedrock drew, be they shown or not; defaults to as many as are seen. */
  drawn?: number;
}

/** Drives every fault over the wire, through the real clients. */
export function meetFaults(where: string, cases: readonly FaultCase[]): void {
  it.each(cases.map((each) => [each.fault, each] as const))(
    `${where}: %s`,
    async (_, { options, plan, act = askForFox, ...rest }) => {
      const story = await startStory(options);
      plan?.(story);
      await act(story);
      await seeEnd(story, rest);
      const { workspace, bedrock, comprehend, openai, s3 } = story;
      const others = [bedrock, comprehend, openai, s3].map(({ faults }) => faults);
      for (const faults of [...Object.values(workspace.faults), ...others]) {
        expect(faults.unmet()).toEqual([]);
        faults.clear();
      }
      await seeNext(story);
      expectEnd(story, rest);
      expect(wordsSeen(story, rest)).not.toMatch(wordsOfVendors);
    },
  );
}

const wordsOfVendors = /Exception|AccessDenied|SlowDown|NoSuch|invalid_blocks|_url\b|Error:|undefined/;

/** As if nothing had happened. */
export const fine: End = { images: 4 };
/** Precedes the reference that the log has too. */
export const wentWrong =
  'Something went wrong on my side. Please try again. If it happens again, please give your Imagine administrator the reference ';

export const askForFox = (story: Story) => story.imagine('a red fox --seed 100');

type Expected = Pick<FaultCase, 'end' | 'place'>;

const isNext = (message: SeenMessage) => textOf(message).includes('a blue whale');

function seenBy(story: Story, { place = 'marketing' }: Expected) {
  return {
    posted: story.posted(story[place]).filter((message) => !isNext(message)),
    private: story.privately(story[place]),
    direct: story.workspace.messages(story.workspace.channels.app.id, { as: story.ana }),
  };
}

/** Everything that the person can read, a form on the screen among it. */
function wordsSeen(story: Story, expected: Expected): string {
  const shown = [seenBy(story, expected), story.workspace.openView(story.ana) ?? {}];
  const texts = JSON.stringify(shown).matchAll(/"(?:alt_)?text":("(?:[^"\\]|\\.)*")/g);
  return Array.from(texts, ([, text = '']) => JSON.parse(text)).join('\n');
}

function seeEnd(story: Story, expected: Expected): Promise<void> {
  const check = () => {
    expect(wordsSeen(story, expected)).toContain(expected.end.told ?? '');
    expectMessages(story, expected);
    expect(story.jobs()).toEqual([]);
  };
  return vi.waitFor(check, { timeout: 30_000, interval: 100 }); // the bucket changes without a word to the workspace
}

function expectMessages(story: Story, expected: Expected): void {
  const { posted = 1, private: alone = 0, direct = 0, images = 0 } = expected.end;
  const seen = seenBy(story, expected);
  const counts = Object.entries(seen).map(([where, messages]) => [where, messages.length]);
  const most = Math.max(0, ...Object.values(seen).flatMap((messages) => messages.map(countImages)));
  expect({ ...Object.fromEntries(counts), images: most }).toEqual({ posted, private: alone, direct, images });
}

/** The app still serves the next command. */
async function seeNext(story: Story): Promise<void> {
  await story.imagine('a blue whale --seed 500 --n 1');
  const next = await story.see('the next command', (message) => isFinished(message) && isNext(message));
  expect(countImages(next)).toBe(1);
}

/** Still so after the next command: nothing was drawn or posted once more. */
function expectEnd(story: Story, expected: Expected): void {
  const { images = 0, drawn = images } = expected.end;
  expectMessages(story, expected);
  expect(drawnSeeds(story)).toHaveLength(drawn);
  const words = wordsSeen(story, expected);
  if (expected.end.notTold) expect(words).not.toContain(expected.end.notTold);
  if (expected.end.told !== wentWrong) return;
  const [, reference] = /the reference (\w+)/.exec(words) ?? [];
  expect(story.log()).toMatch(new RegExp(`"level":50,.*"reference":"${reference}"`));
}

/** The seeds of the fox's images that the model sent. */
function drawnSeeds({ wireLog }: Story): number[] {
  return wireLog.entries().flatMap(({ operation, status, detail }) => {
    const seed = /"seed":(1\d\d)\b/.exec(JSON.stringify(detail))?.[1];
    return operation === 'InvokeModel' && status === 200 && seed ? [Number(seed)] : [];
  });
}
