import type { Batch } from '../core/batch/batch.js';
import type { ClickPlace, DecideClick, WhoMayPick } from '../core/batch/click.js';
import type { CountDrawAgain } from '../core/batch/draw-again.js';
import type { ListOwnBatches } from '../core/batch/history.js';
import type { OpenWork } from '../core/batch/job.js';
import type { KeepPick } from '../core/batch/keep-pick.js';
import type { Quota } from '../core/batch/quota.js';
import type { ShowBatch } from '../core/batch/show-batch.js';
import type { StartBatch } from '../core/batch/start-batch.js';
import type { ModelInfo } from '../core/image-model.js';
import type { Log } from '../core/log.js';
import type { DraftStore } from '../core/prompt/draft.js';
import type { PostAnalysis } from '../core/prompt/post/post-analysis.js';
import type { PreferencesStore } from '../core/prompt/preferences.js';
import type { WebClients } from './api/web-clients.js';
import type { Listen } from './app/listen.js';
import type { IsStranger } from './app/same-company.js';

/** What listeners work with. */
export interface SlackDeps {
  /** The folder of every image: the workspace that installed the app, whoever asks. */
  workspaceId: string;
  isExternalUser: IsStranger;
  /** Models that people may choose from, the default first. */
  offered: readonly [ModelInfo, ...ModelInfo[]];
  /** Every model that we know, to say of one that is not offered why. */
  known: readonly ModelInfo[];
  whoMayPick: WhoMayPick;
  quota: Pick<Quota, 'checkAccess' | 'today'>;
  clients: WebClients;
  startBatch: StartBatch;
  decideClick: DecideClick;
  countDrawAgain: CountDrawAgain;
  /** Draws what a batch lacks, once more. */
  enqueue(work: OpenWork): void;
  /** Shows the picked image and keeps it for good. */
  keepPick: KeepPick;
  /** Shows where the record says a batch that waits to be drawn again. */
  showWaiting(batch: Batch): Promise<void>;
  /** Shows a batch as it now stands in the message that was clicked. */
  showClicked(batch: Batch, place: ClickPlace): Promise<void>;
  /** A person's own last batches. */
  listOwnBatches: ListOwnBatches;
  /** Shows a batch in a new message. */
  showBatch: ShowBatch;
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

/** How many images a person chooses from. */
export const imagesPerBatch = 4;
