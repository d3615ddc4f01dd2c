import type { Faults } from '../faults.js';
import type { Sandbox } from '../start-sandbox.js';
import type { ShownFault, ShownSwitch } from './protocol.js';
import type { SupervisedApp } from './supervise-app.js';

export type StandIns = Pick<Sandbox, 'workspace' | 'bedrock' | 'comprehend' | 's3'>;

/** Plans a fault; `when` is asked before each call that could fail. */
type Add = (options: { times: number; when: () => boolean }) => void;

function plan<Request, Fault>(faults: Faults<Request, Fault>, fault: NoInfer<Fault>): Add {
  return (options) => faults.add(fault, options);
}

type Row = [service: ShownFault['service'], label: string, hint: string, add: Add];

function knownFaults({ workspace, bedrock, comprehend, s3 }: StandIns): Row[] {
  const image = bedrock.faults;
  const { calls, responseUrls, images, deliveries } = workspace.faults;
  return [
    ['Bedrock', 'Slow', '10 s more', plan(image, { kind: 'slow', milliseconds: 10_000 })],
    ['Bedrock', 'Silent', 'never answers', plan(image, { kind: 'never' })],
    ['Bedrock', 'Throttled', 'ThrottlingException', plan(image, { kind: 'error', name: 'ThrottlingException' })],
    ['Bedrock', 'Failing', 'internal error', plan(image, { kind: 'error', name: 'InternalServerException' })],
    ['Bedrock', 'Prompt filtered', 'HTTP 200 without an image', plan(image, { kind: 'filtered prompt' })],
    ['Bedrock', 'Input image filtered', 'HTTP 200 without an image', plan(image, { kind: 'filtered input image' })],
    ['Bedrock', 'Image filtered', 'drawn, then withheld', plan(image, { kind: 'filtered image' })],
    ['Bedrock', 'Answer too large', 'over 16 MiB: ModelErrorException', plan(image, { kind: 'oversized answer' })],
    ['Bedrock', 'Not an image', 'bytes that cannot be decoded', plan(image, { kind: 'not an image' })],
    ['Slack', 'Slow', 'answers after 5 s', plan(calls, { kind: 'slow', ms: 5000 })],
    ['Slack', 'Rate limited', '429, retry after 3 s', plan(calls, { kind: 'rate_limited', retryAfterSeconds: 3 })],
    ['Slack', 'Failing', 'answers 500', plan(calls, { kind: 'http_500' })],
    ['Slack', 'Answer lost', 'done, but the connection drops before the answer', plan(calls, { kind: 'answer_lost' })],
    ['Slack', 'Response URLs failing', 'they answer 500', plan(responseUrls, { kind: 'http_500' })],
    ['Slack', 'Images not downloadable', 'messages are refused: invalid_blocks', plan(images, { kind: 'refused' })],
    ['Slack', 'Delivered twice', 'the app gets a command or click again', plan(deliveries, { kind: 'duplicate' })],
    ['S3', 'Slow', 'answers after 5 s', plan(s3.faults, { kind: 'slow', milliseconds: 5000 })],
    ['S3', 'Busy', 'SlowDown', plan(s3.faults, { kind: 'error', code: 'SlowDown' })],
    ['S3', 'Denied', 'AccessDenied', plan(s3.faults, { kind: 'error', code: 'AccessDenied' })],
    ['S3', 'Conflict', '409', plan(s3.faults, { kind: 'error', code: 'ConditionalRequestConflict' })],
    ['Comprehend', 'Slow', 'answers after 5 s', plan(comprehend.faults, { kind: 'slow', milliseconds: 5000 })],
    ['Comprehend', 'Failing', '500', plan(comprehend.faults, { kind: 'error', name: 'InternalServerException' })],
  ];
}

interface Switch extends Omit<ShownSwitch, 'isOn'> {
  turn(isOn: boolean): void | Promise<void>;
}

/** Faults that last until they are turned off. */
function knownSwitches({ settings }: StandIns['workspace'], app: SupervisedApp): Switch[] {
  return [
    {
      id: 'no_carousels',
      label: 'Slack refuses carousels',
      hint: 'like a workspace that does not have them yet',
      turn(isOn) {
        settings.carousels = !isOn;
      },
    },
    {
      id: 'forget_images',
      label: 'Slack forgets its copies of images',
      hint: 'each is downloaded again when shown; expired links break',
      turn: () => {},
    },
    {
      id: 'short_links',
      label: 'Links expire after a minute',
      hint: 'restarts the app with PREVIEW_EXPIRES_SECONDS=60',
      async turn(isOn) {
        app.configure(isOn ? { PREVIEW_EXPIRES_SECONDS: '60' } : {});
        await app.stop();
        await app.start();
      },
    },
    {
      id: 'slow_files',
      label: 'Slack processes files slowly',
      hint: 'an uploaded file can be shown only after 5 s',
      turn(isOn) {
        settings.fileProcessingMs = isOn ? 5000 : 0;
      },
    },
  ];
}

export type FaultPanel = ReturnType<typeof createFaultPanel>;

/** What a user of the page can make go wrong. `onChange` is called when a planned fault was met. */
export function createFaultPanel(standIns: StandIns, app: SupervisedApp, onChange: () => void) {
  const faults = knownFaults(standIns).map(([service, label, hint, add]) => {
    const shown: ShownFault = { id: `${service}: ${label}`, service, label, hint, left: 0 };
    return { shown, add };
  });
  const switches = knownSwitches(standIns.workspace, app).map((known) => ({ ...known, isOn: false }));
  return {
    faults: (): readonly ShownFault[] => faults.map(({ shown }) => shown),
    switches: (): readonly ShownSwitch[] => switches.map(({ turn, ...shown }) => shown),
    /** The next `times` calls fail this way. */
    plan(id: string, times: number): void {
      const fault = faults.find(({ shown }) => shown.id === id);
      if (!fault) throw new Error(`There is no fault ${id}.`);
      fault.shown.left += times;
      fault.add({
        times,
        when() {
          fault.shown.left -= 1; // asked only when this fault is the one that the call meets
          onChange();
          return true;
        },
      });
    },
    clear(): void {
      const { workspace, bedrock, comprehend, s3 } = standIns;
      const all = [bedrock.faults, comprehend.faults, s3.faults, ...Object.values(workspace.faults)];
      for (const planned of all) planned.clear();
      for (const { shown } of faults) shown.left = 0;
    },
    async turn(id: string, isOn: boolean): Promise<void> {
      const wanted = switches.find((candidate) => candidate.id === id);
      if (!wanted) throw new Error(`There is no switch ${id}.`);
      wanted.isOn = isOn;
      await wanted.turn(isOn);
    },
    isOn: (id: string): boolean => switches.some((candidate) => candidate.id === id && candidate.isOn),
  };
}
