import type { Stage, View } from '../stage.js';

/** A state that users see, in a conversation of its own. */
export interface Scene {
  /** Of the file that shows it. */
  name: string;
  shows?: View;
  /** The app is started anew for them. */
  settings?: Record<string, string>;
  play(stage: Stage): Promise<unknown>;
}

export const fox = 'a red fox in the snow, soft morning light';

/** Milliseconds: longer than it takes to make an image of the page in every size. */
export const slow = 20_000;
