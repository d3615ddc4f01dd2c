import { listen } from '../http.js';
import type { Sandbox } from '../start-sandbox.js';
import type { Installed } from './read-manifest.js';
import { createPageServer } from './serve-page.js';
import { readStaticFiles } from './static-files.js';
import type { SupervisedApp } from './supervise-app.js';
import { createSwitches } from './switches.js';
import { createTroubles } from './troubles.js';
import { createWireFeed } from './wire-feed.js';

export interface PageOptions {
  sandbox: Sandbox;
  app: SupervisedApp;
  installed: Installed;
  /** The built browser part: what `buildPage` made. */
  folder: string;
  /** 0, any free port, unless told. */
  port?: number;
}

export interface SandboxPage {
  url: string;
  close(): Promise<void>;
}

/** Serves the workspace to a browser on this machine. Rejects with `EADDRINUSE` where the port is taken. */
export async function startPage({ sandbox, app, installed, folder, port }: PageOptions): Promise<SandboxPage> {
  sandbox.workspace.settings.messagesTab = installed.messagesTab;
  const context = {
    sandbox,
    app,
    installed,
    wire: createWireFeed(sandbox.wireLog),
    troubles: createTroubles(sandbox),
    switches: createSwitches(sandbox.workspace, app),
  };
  const listening = await listen(createPageServer(context, await readStaticFiles(folder)), port);
  return { url: `http://127.0.0.1:${listening.port}/`, close: listening.close };
}
