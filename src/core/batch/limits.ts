import type { LimitRefusal } from '../errors.js';

/** What people may ask for. What is left out is unlimited; an empty list of those allowed allows everybody. */
export interface Limits {
  imagesPerUserPerDay: number | undefined;
  imagesPerWorkspacePerDay: number | undefined;
  /** Batches of one person that wait or run at once. */
  batchesPerUser: number;
  allowedUsers: readonly string[];
  blockedUsers: readonly string[];
  allowedChannels: readonly string[];
  blockedChannels: readonly string[];
}

/** Who asks, and where. */
export interface Place {
  requesterId: string;
  /** Left out of what belongs to no conversation. */
  channelId?: string | undefined;
}

/** Blocked comes before allowed: whoever is in both lists is blocked. */
export function checkAccess(limits: Limits, { requesterId, channelId }: Place): LimitRefusal | undefined {
  if (limits.blockedUsers.includes(requesterId)) return { kind: 'person_blocked' };
  const isHere = channelId !== undefined;
  if (isHere && limits.blockedChannels.includes(channelId)) return { kind: 'channel_blocked' };
  if (!isAllowed(limits.allowedUsers, requesterId)) return { kind: 'person_not_allowed' };
  if (isHere && !isAllowed(limits.allowedChannels, channelId)) return { kind: 'channel_not_allowed' };
  return undefined;
}

function isAllowed(allowed: readonly string[], id: string): boolean {
  return allowed.length === 0 || allowed.includes(id);
}

export function judgeDay(
  kind: 'person_day' | 'workspace_day',
  { used, asked, limit }: { used: number; asked: number; limit: number | undefined },
): LimitRefusal | undefined {
  return limit !== undefined && used + asked > limit ? { kind, used, asked, limit } : undefined;
}
