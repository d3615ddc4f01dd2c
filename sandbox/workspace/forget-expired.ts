const remembered = 2000;

/**
 * Drops the oldest of what was issued, so that a workspace left open does not grow: never one that is still good, and the newest
 * stay after their end too, to be told apart from those that never were. All have to live equally long.
 */
export function forgetExpired(issued: Map<string, { expiresAt: number }>, now: number): void {
  for (const [id, { expiresAt }] of issued) {
    if (issued.size <= remembered || now <= expiresAt) return;
    issued.delete(id);
  }
}
