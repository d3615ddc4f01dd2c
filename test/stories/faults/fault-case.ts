import { expect, it, vi } from 'vitest';
import type { SeenMessage } from '../../../src/sandbox/workspace/driver.js';
import { isFinished, type Story, type StoryOptions, startStory, textOf } from '../story.js';

/** One thing that goes wrong, and how it ends for the person who asked. */
export interface FaultCase {
  fault: string;
  options?: StoryOptions;
  plan(story: Story): void;
  /** What the person does; asks for a red fox in #marketing unless told. */
  act?(story: Story): Promise<unknown>;
  /** Where the person is. */
  place?: 'marketing' | 'secret';
  end: End;
}

export interface End {
  /** What the person reads, among other words. */
  told?: string;
  /** The most pictures in one message that the person sees; left out, none. */
  pictures?: number;
  /** Messages that everybody sees in the end, files among them; 1 unless told. */
  posted?: number;
  /** Messages that the person alone sees; 0 unless told. */
  private?: number;
  /** Pictures that Bedrock drew, be they shown or not; as many as are seen, unless told. */
  drawn?: number;
}

/** Drives every fault over the wire, through the real clients. */
export function meetFaults(cases: readonly FaultCase[]): void {
  it.each(cases.map((each) => [each.fault, each] as const))(
    '%s',
    async (_, { options, plan, act = askForFox, ...rest }) => {
      const story = await startStory(options);
      plan(story);
      await act(story);
      await seeEnd(story, rest);
      forgetFaults(story);
      await seeNext(story);
      expectEnd(story, rest);
      expectNothingOfTheVendors(story, rest);
    },
  );
}

export const askForFox = (story: Story) => story.imagine('a red fox --seed 100');
export const askInSecret = (story: Story) => story.imagine('a red fox --seed 100', { channel: story.secret });

/** Shown as it should be, once the person sees that many pictures. */
export async function seePictures(story: Story, count = 4, channel = story.marketing): Promise<SeenMessage> {
  return story.see('the pictures', (message) => isFinished(message) && message.images.length === count, { channel });
}

type Expected = Pick<FaultCase, 'end' | 'place'>;

function seenBy(story: Story, { place = 'marketing' }: Pick<FaultCase, 'place'>) {
  const here = story.workspace.messages(story[place], { as: story.ana });
  const direct = story.workspace.messages(story.workspace.channels.app.id, { as: story.ana });
  const ofFox = here.filter((message) => !textOf(message).includes('a blue whale'));
  return {
    posted: ofFox.filter(({ isEphemeral }) => !isEphemeral),
    private: [...ofFox.filter(({ isEphemeral }) => isEphemeral), ...direct],
  };
}

/** Everything that the person can read, a form on the screen among it. */
function wordsSeen(story: Story, expected: Expected): string {
  const { posted, private: own } = seenBy(story, expected);
  const shown = [...posted, ...own, story.workspace.openView(story.ana) ?? {}];
  return [...JSON.stringify(shown).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)]
    .map(([, text = '']) => JSON.parse(text))
    .join('\n');
}

async function seeEnd(story: Story, expected: Expected): Promise<void> {
  const check = () => {
    expect(wordsSeen(story, expected)).toContain(expected.end.told ?? '');
    expectMessages(story, expected);
    expect(openWork(story)).toEqual([]);
  };
  await vi.waitFor(check, { timeout: 17_000, interval: 20 }); // the bucket changes without a word to the workspace
}

function expectMessages(story: Story, expected: Expected): void {
  const { posted = 1, private: alone = 0, pictures = 0 } = expected.end;
  const seen = seenBy(story, expected);
  const counts = [...seen.posted, ...seen.private].map(({ images }) => images.length);
  expect({ posted: seen.posted.length, private: seen.private.length, pictures: Math.max(0, ...counts) }).toEqual({
    posted,
    private: alone,
    pictures,
  });
}

/** Markers of work that is not done. One that could not be removed says that it is closed. */
export function openWork({ s3, bucket }: Story): string[] {
  const markers = s3.objects(bucket).filter(({ key }) => key.includes('/open/'));
  return markers.map(({ bytes }) => bytes.toString()).filter((text) => !text.includes('closedAt'));
}

/** The app still serves the next command. */
async function seeNext(story: Story): Promise<void> {
  await story.imagine('a blue whale --seed 500');
  const isNext = (message: SeenMessage) => isFinished(message) && textOf(message).includes('a blue whale');
  expect((await story.see('the next command', isNext)).images).toHaveLength(4);
}

/** Still so after the next command: nothing was drawn or posted once more. */
function expectEnd(story: Story, expected: Expected): void {
  const { pictures = 0, drawn = pictures } = expected.end;
  expectMessages(story, expected);
  expect(drawnSeeds(story)).toHaveLength(drawn);
  const [, reference] = /the reference (\w+)/.exec(wordsSeen(story, expected)) ?? [];
  if (reference) expect(story.log()).toMatch(new RegExp(`"level":50,.*"reference":"${reference}"`));
}

/** The seeds of the fox's pictures that the model sent. */
function drawnSeeds({ wireLog }: Story): number[] {
  return wireLog.entries().flatMap(({ operation, status, detail }) => {
    const seed = /"seed":(1\d\d)\b/.exec(JSON.stringify(detail))?.[1];
    return operation === 'InvokeModel' && status === 200 && seed ? [Number(seed)] : [];
  });
}

function expectNothingOfTheVendors(story: Story, expected: Expected): void {
  expect(wordsSeen(story, expected)).not.toMatch(
    /Exception|AccessDenied|SlowDown|NoSuch|invalid_blocks|_url\b|Error:|undefined/,
  );
}

function forgetFaults({ workspace, bedrock, comprehend, openai, s3 }: Story): void {
  const { calls, responseUrls, images, deliveries } = workspace.faults;
  for (const faults of [
    calls,
    responseUrls,
    images,
    deliveries,
    bedrock.faults,
    comprehend.faults,
    openai.faults,
    s3.faults,
  ]) {
    faults.clear();
  }
}
