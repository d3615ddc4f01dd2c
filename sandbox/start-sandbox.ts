import { type BedrockOptions, startBedrock } from './bedrock/start-bedrock.js';
import { startBedrockControl } from './bedrock-control/start-bedrock-control.js';
import { startComprehend } from './comprehend/start-comprehend.js';
import { drawImage } from './images/draw-image.js';
import { edit, encodeResult } from './images/image-services.js';
import { type OpenAiSandboxOptions, startOpenAi } from './openai/server.js';
import { startS3 } from './s3/start-s3.js';
import { sandboxCredentials } from './signature/credentials.js';
import { createWireLog } from './wire-log.js';
import type { WorkspaceOptions } from './workspace/options.js';
import { startWorkspace } from './workspace/start.js';

export interface SandboxOptions {
  workspace?: WorkspaceOptions;
  bedrock?: BedrockOptions;
  /** The app is told a key of OpenAI's, and where its API is. */
  openai?: boolean;
  /** The clock of S3, which signed links expire by. */
  s3Now?: () => Date;
  /** The app's credentials are temporary ones, with this token. */
  sessionToken?: string;
  /** When the session token ends; never, where left out. */
  sessionExpiration?: Date;
}

const region = 'us-west-2';
const bucket = 'imagine-sandbox';
const openAiKey = 'sk-sandbox-key-of-no-account';

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** Slack, AWS and OpenAI on the loopback address, each on a free port. */
export async function startSandbox({
  workspace: workspaceOptions,
  bedrock: bedrockOptions,
  openai: isOpenAiOffered = false,
  sessionToken,
  sessionExpiration,
  s3Now,
}: SandboxOptions = {}) {
  const wireLog = createWireLog();
  const session = {
    ...(sessionToken && { sessionToken }),
    ...(sessionExpiration && { expiration: sessionExpiration }),
  };
  const credentials = [{ ...sandboxCredentials, ...session }];
  const [workspace, bedrock, bedrockControl, comprehend, openai, s3] = await Promise.all([
    startWorkspace({ wireLog, ...workspaceOptions }),
    startBedrock({ wireLog, credentials, ...bedrockOptions }),
    startBedrockControl({ wireLog, credentials }),
    startComprehend({ wireLog, credentials }),
    startOpenAi({ wireLog, apiKey: openAiKey, draw: createOpenAiDrawing(bedrockOptions?.imageScale) }),
    startS3({ wireLog, credentials, region, buckets: [bucket], ...(s3Now && { now: s3Now }) }),
  ]);
  const services = { workspace, bedrock, bedrockControl, comprehend, openai, s3 };
  /** The settings that point an app here: all that it needs to know. */
  const environment: Record<string, string> = {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    S3_BUCKET: bucket,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: sandboxCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: sandboxCredentials.secretAccessKey,
    ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    AWS_ENDPOINT_URL_BEDROCK: bedrockControl.url,
    AWS_ENDPOINT_URL_COMPREHEND: comprehend.url,
    ...(isOpenAiOffered && { OPENAI_API_KEY: openAiKey, OPENAI_BASE_URL: openai.url }),
    BEDROCK_REQUESTS_PER_MINUTE: '10000', // no real quota is spent here
    BATCHES_PER_USER: '1000', // a demo, a test or a measure is one person doing many things
  };
  return {
    ...services,
    bucket,
    wireLog,
    environment,
    async close(): Promise<void> {
      await Promise.all(Object.values(services).map((service) => service.close()));
    },
  };
}

/** OpenAI's models take no seed: no two of their images are the same. */
function createOpenAiDrawing(scale = 1): OpenAiSandboxOptions['draw'] {
  let drawn = 0;
  return async ({ model, prompt, width, height, format, image }) => {
    drawn += 1;
    const sides = { width: Math.round(width * scale), height: Math.round(height * scale) };
    if (image) return encodeResult(await edit(image, { model, prompt, seed: drawn }, sides), format);
    return drawImage({ model, prompt, seed: drawn, format: 'png', ...sides });
  };
}
