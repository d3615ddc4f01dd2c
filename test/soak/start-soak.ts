import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { memoryOf } from '../../sandbox/bench/usage.js';
import { type RunningApp, startApp } from '../../sandbox/start-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';
import { describeBucket, describeWorkspace, isFinished, textOf } from '../stories/story.js';

/** One person asks for one batch in one channel, so that whatever is to be seen there is about that. */
interface Asker {
  user: string;
  prompt: string;
  channel: string;
}

/** An image that the model sent, and how often. */
interface Drawn {
  prompt: string;
  seed: number;
  times: number;
}

export type Soak = Awaited<ReturnType<typeof startSoak>>;

const sentSchema = z.object({ body: z.object({ prompt: z.string(), seed: z.number() }) });

export async function startSoak() {
  const sandbox = await startSandbox({ bedrock: { imageScale: 0.1, sameImage: true, latencyMs: 30 } });
  onTestFinished(() => sandbox.close());
  const { workspace, s3, environment } = sandbox;
  const askers: Asker[] = [];
  const answered = new Set<Asker>();
  const drawn = countDrawn(sandbox);
  let asked = 0;
  let app: RunningApp | undefined;

  async function askOnce(number: number): Promise<void> {
    const name = `person${number}`;
    const user = workspace.addPerson({ name }).id;
    const place =
      number % 2 === 0
        ? ({ kind: 'public', members: [user, workspace.app.botUserId] } as const)
        : ({ kind: 'private', members: [user] } as const);
    const channel = workspace.addChannel({ name, ...place }).id;
    const asker = { user, prompt: `a red fox, take ${number}.`, channel };
    const answer = await workspace.command({ user, channel, text: asker.prompt });
    if (answer.acknowledged) askers.push(asker); // others read Slack's own words
  }

  function isAnswered({ user, prompt, channel }: Asker): boolean {
    const direct = workspace.everyChannel().find(({ kind, members }) => kind === 'app' && members.has(user))?.id;
    const seen = [channel, ...(direct ? [direct] : [])].flatMap((place) => workspace.messages(place, { as: user }));
    return seen.some((message) => {
      const text = textOf(message);
      if (text.includes(prompt)) return isFinished(message) || text.includes(' show '); // a direct one says how to choose
      return message.text !== '';
    });
  }

  return {
    ...sandbox,
    ...describeBucket(sandbox),
    ...describeWorkspace(sandbox),
    /** Those whose command was acknowledged. */
    askers,
    /** So many people ask at once, half of them where the bot is not a member; resolves once Slack has heard from the app. */
    async ask(count: number) {
      await Promise.all(Array.from({ length: count }, () => askOnce(asked++)));
    },
    async kill() {
      await app?.stop('SIGKILL');
      await workspace.waitFor(() => workspace.connections() === 0);
    },
    async start() {
      const preload = new URL('../../dist-sandbox/bench/report-usage.js', import.meta.url);
      const started = await startApp(environment, { preload });
      app = started;
      onTestFinished(async () => void (await started.stop('SIGKILL')));
      await workspace.waitForApp({ timeoutMs: 15_000 });
    },
    /** The socket goes, and comes back. */
    async drop() {
      workspace.drop();
      await workspace.waitFor(() => workspace.connections() === 0);
      await workspace.waitForApp({ timeoutMs: 15_000 });
    },
    /** Planned faults that nothing has met yet. */
    unmet: () =>
      [...Object.values(workspace.faults), sandbox.bedrock.faults, s3.faults].flatMap<unknown>((each) => each.unmet())
        .length,
    /** Bytes that the app cannot let go of. */
    async memory() {
      if (!app) throw new Error('no app');
      return memoryOf(app);
    },
    /** Those who have neither seen the end of their batch, nor been told why there is none. */
    waiting() {
      const waiting = askers.filter((asker) => !answered.has(asker) && !isAnswered(asker));
      for (const asker of askers) if (!waiting.includes(asker)) answered.add(asker); // an answered asker stays answered
      return waiting;
    },
    drawn: () => [...drawn.values()],
  };
}

/** By prompt and seed. */
function countDrawn({ wireLog }: Sandbox): ReadonlyMap<string, Drawn> {
  const drawn = new Map<string, Drawn>();
  wireLog.subscribe(({ operation, status, detail }) => {
    if (operation !== 'InvokeModel' || status !== 200) return;
    const { prompt, seed } = sentSchema.parse(detail).body;
    const times = (drawn.get(`${prompt} ${seed}`)?.times ?? 0) + 1;
    drawn.set(`${prompt} ${seed}`, { prompt, seed, times });
  });
  return drawn;
}
