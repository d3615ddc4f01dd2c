import type { Sandbox } from '../start-sandbox.js';
import type { Installed } from './read-manifest.js';
import type { SupervisedApp } from './supervise-app.js';
import type { Switches } from './switches.js';
import type { Troubles } from './troubles.js';
import type { WireFeed } from './wire-feed.js';

/** What the page's routes share. */
export interface PageContext {
  sandbox: Pick<Sandbox, 'workspace' | 's3' | 'bucket'>;
  app: SupervisedApp;
  installed: Installed;
  wire: WireFeed;
  troubles: Troubles;
  switches: Switches;
}
