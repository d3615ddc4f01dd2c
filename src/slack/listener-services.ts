import type { Batch } from '../core/batch.js';
import type { BringBack } from '../core/bring-back.js';
import type { ClickPlace, DecideClick, WhoMayPick } from '../core/click.js';
import type { DraftStore } from '../core/draft.js';
import type { CountDrawAgain } from '../core/draw-again.js';
import type { Gate } from '../core/gate.js';
import type { ListOwnBatches } from '../core/history.js';
import type { ImageModelFacts } from '../core/image-model.js';
import type { KeepPick } from '../core/keep-pick.js';
import type { Log } from '../core/log.js';
import type { OpenWork } from '../core/open-work.js';
import type { PostAnalysis } from '../core/post/post-analysis.js';
import type { PreferencesStore } from '../core/preferences.js';
import type { FindFacts } from '../core/recipe.js';
import type { StartBatch } from '../core/start-batch.js';
import type { Listen } from './listen.js';
import type { IsStranger } from './same-company.js';
import type { WebClients } from './web-clients.js';

/** What listeners work with. */
export interface ListenerServices {
  /** The folder of every picture: the workspace that installed the app, whoever asks. */
  workspaceId: string;
  isStranger: IsStranger;
  /** Models that people may choose from, the default first. */
  offered: readonly [ImageModelFacts, ...ImageModelFacts[]];
  /** Every model that we know, to say of one that is not offered why. */
  known: readonly ImageModelFacts[];
  findFacts: FindFacts;
  whoMayPick: WhoMayPick;
  gate: Pick<Gate, 'judgePlace' | 'today'>;
  clients: WebClients;
  startBatch: StartBatch;
  decideClick: DecideClick;
  countDrawAgain: CountDrawAgain;
  /** Draws what a batch lacks, once more. */
  enqueue(work: OpenWork): void;
  /** Shows the picked picture and keeps it for good. */
  keepPick: KeepPick;
  /** Shows where the record says a batch that waits to be drawn again. */
  showWaiting(batch: Batch): Promise<void>;
  /** Shows a batch as it now stands in the message that was clicked. */
  showClicked(batch: Batch, place: ClickPlace): Promise<void>;
  /** A person's own last batches. */
  listOwnBatches: ListOwnBatches;
  /** Shows a batch in a new message. */
  bringBack: BringBack;
  drafts: DraftStore;
  preferences: PreferencesStore;
  /** Left out: no post is sent anywhere. */
  analyzePost: ((text: string) => Promise<PostAnalysis>) | undefined;
  listen: Listen;
  log: Log;
  newId(): string;
  now(): Date;
  random(): number;
}

/** How many pictures a person chooses from. */
export const imagesPerBatch = 4;
