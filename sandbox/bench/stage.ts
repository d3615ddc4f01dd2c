import { type RunningApp, startApp } from '../start-app.js';
import type { Workspace } from '../workspace/driver.js';
import type { SeenMessage } from '../workspace/seen.js';
import { startWorkspace } from '../workspace/start.js';
import { type Cloud, type CloudSettings, startCloud } from './start-cloud.js';

/** A Slack workspace in this process, the cloud and the app each in one of its own. */
export interface Stage {
  workspace: Workspace;
  cloud: Cloud;
  app: RunningApp;
  /** From the start of the app's process to its connected socket. */
  startMilliseconds: number;
  /** Types `/imagine`; resolves when it is acknowledged, to the milliseconds that took. */
  type(text: string): Promise<number>;
  /** Types so many prompts at once; resolves, when all their messages show their recipes, to the acknowledgements' milliseconds. */
  runBatches(count: number): Promise<number[]>;
}

const waitMilliseconds = 30_000;

/** What every measure is taken with, unless it says otherwise: a model that takes a second over 1.5 MB. */
export const usual: CloudSettings = { latencyMs: 1000, imageBytes: 1_500_000 };

/** Lets `use` work on a fresh stage and takes everything down after it. */
export async function onStage<Result>(
  settings: CloudSettings,
  use: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const [cloud, workspace] = await Promise.all([startCloud(settings), startWorkspace()]);
  const environment = { ...cloud.environment, SLACK_API_URL: workspace.apiUrl };
  const started = performance.now();
  const app = await startApp(environment, { preload: new URL('./report-usage.js', import.meta.url) });
  try {
    await workspace.waitForApp({ timeoutMs: waitMilliseconds });
    return await use({ workspace, cloud, app, startMilliseconds: performance.now() - started, ...person(workspace) });
  } catch (error) {
    throw new Error(`The app wrote:\n${app.output()}`, { cause: error });
  } finally {
    await app.stop();
    await Promise.all([workspace.close(), cloud.stop()]);
  }
}

function person(workspace: Workspace): Pick<Stage, 'type' | 'runBatches'> {
  const user = workspace.people.ana.id;
  const channel = workspace.channels.marketing.id;
  const countFinished = () => workspace.messages(channel).filter(isFinished).length;

  async function type(text: string): Promise<number> {
    const answer = await workspace.command({ user, channel, text });
    if (!answer.acknowledged) throw new Error(`"${text}" was not acknowledged: ${answer.failure}`);
    return answer.acknowledgedAfterMs;
  }

  return {
    type,
    async runBatches(count) {
      const wanted = countFinished() + count;
      const acknowledgements = await Promise.all(Array.from({ length: count }, () => type('a red fox in the snow')));
      await workspace.waitFor(() => countFinished() === wanted, {
        timeoutMs: waitMilliseconds,
        describe: `${wanted} messages with their recipes`,
      });
      return acknowledgements;
    },
  };
}

/** The last line of a finished batch is its recipe, which ends in the batch's id. */
function isFinished({ blocks }: SeenMessage): boolean {
  const context = blocks.findLast((block) => block.type === 'context');
  return context?.elements.some((element) => 'text' in element && element.text.includes(' · batch ')) ?? false;
}
