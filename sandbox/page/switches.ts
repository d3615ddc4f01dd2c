import type { Workspace } from '../workspace/driver.js';
import { createChanges } from './changes.js';
import type { ShownSwitch } from './protocol.js';
import type { SupervisedApp } from './supervise-app.js';

/** What can be turned on until it is turned off again. */
export interface Switches {
  shown(): readonly ShownSwitch[];
  turn(id: string, isOn: boolean): Promise<void>;
  /** Whether Slack has lost its copies of images, so that each is downloaded again when it is shown. */
  forgetsImages(): boolean;
  subscribe(listener: () => void): () => void;
}

interface Switch extends Omit<ShownSwitch, 'isOn'> {
  turn(isOn: boolean): void | Promise<void>;
}

/** The shortest life that the app gives to its links. */
const shortLife = { PREVIEW_EXPIRES_SECONDS: '60' };

export function createSwitches(workspace: Pick<Workspace, 'settings'>, app: SupervisedApp): Switches {
  const on = new Set<string>();
  const changes = createChanges();
  const switches: readonly Switch[] = [
    {
      id: 'no_carousels',
      label: 'Slack refuses carousels',
      hint: 'as a workspace that does not know them yet',
      turn(isOn) {
        workspace.settings.carousels = !isOn;
      },
    },
    {
      id: 'forget_images',
      label: 'Slack forgets its copies of images',
      hint: 'each is downloaded again when it is shown; expired links break',
      turn: () => {},
    },
    {
      id: 'short_links',
      label: 'Links live for a minute',
      hint: 'starts the app again with PREVIEW_EXPIRES_SECONDS=60',
      async turn(isOn) {
        app.configure(isOn ? shortLife : {});
        await app.stop();
        await app.start();
      },
    },
    {
      id: 'slow_slack',
      label: 'Images take Slack longer to take in',
      hint: 'an uploaded file can be shown only after 5 s',
      turn(isOn) {
        workspace.settings.fileProcessingMs = isOn ? 5000 : 0;
      },
    },
  ];
  return {
    shown: () => switches.map(({ turn, ...shown }) => ({ ...shown, isOn: on.has(shown.id) })),
    async turn(id, isOn) {
      const wanted = switches.find((candidate) => candidate.id === id);
      if (!wanted) throw new Error(`There is no switch ${id}.`);
      if (isOn) on.add(id);
      else on.delete(id);
      changes.tell();
      await wanted.turn(isOn);
    },
    forgetsImages: () => on.has('forget_images'),
    subscribe: changes.subscribe,
  };
}
