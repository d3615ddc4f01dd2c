import type { WhoMayPick } from '../core/batch/actions.js';
import type { Batch, BatchPick, ClickedMessage } from '../core/batch/batch.js';
import type { BatchDeps, BatchMessages } from '../core/batch/deps.js';
import type { Models } from '../core/image-model.js';
import type { DraftStore } from '../core/prompt/draft.js';
import type { IdeaDeps } from '../core/prompt/ideas.js';
import type { PreferencesStore, Visibility } from '../core/prompt/preferences.js';
import type { DownloadFile } from './api/files.js';
import type { Listen } from './api/listen.js';
import type { WebClients } from './api/web-clients.js';
import type { BatchLinks } from './message/deliver-batch.js';

/** What listeners work with. */
export interface SlackDeps extends BatchDeps, IdeaDeps {
  messages: SlackMessages;
  clients: WebClients;
  links: BatchLinks;
  /** The folder of every image: the workspace that installed the app. */
  workspaceId: string;
  isExternalUser(origin: Origin): Promise<boolean>;
  /** Models that users may choose from, the default first. */
  offered: Models;
  whoMayPick: WhoMayPick;
  /** Unless a user's own default or a flag says otherwise. */
  defaultVisibility: Visibility;
  drafts: DraftStore;
  preferences: PreferencesStore;
  /** Left out: users give no images to work from. */
  downloadFile: DownloadFile | undefined;
  listen: Listen;
}

/** Where a payload says that its user belongs, and where it was sent from. */
interface Origin {
  /** The user's workspace or organization; in a shared channel perhaps another company's. */
  userTeamId?: string | null | undefined;
  teamId?: string | null | undefined;
  enterpriseId?: string | null | undefined;
}

export interface SlackMessages extends BatchMessages {
  /** Shows this state in the batch's own message, or wherever its answers go. */
  showNow(batch: Batch): Promise<void>;
  /** Shows an image as everyone would see it, in place of the private message that was clicked. */
  showChoice(batch: Batch, pick: BatchPick, clicked: ClickedMessage): Promise<void>;
}
