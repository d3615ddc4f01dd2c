import { useCallback, useMemo } from 'react';
import type { Act } from '../act.js';
import type { Actions } from './actions.js';
import { act } from './ask-server.js';
import { sayFailure } from './say-failure.js';
import type { AddNotice } from './use-notices.js';
import type { Place } from './use-place.js';

/** `what` is the name under which a failure is told. */
export type Perform = (body: Act, what: string) => Promise<void>;

/** Does things as this person, and tells them, as Slack does, what the app did not answer. */
export function usePerform({ user, channel }: Place, addNotice: AddNotice): Perform {
  return useCallback(
    async (body, what) => {
      try {
        const result = await act(body);
        if (result.outcome !== 'failed') return;
        addNotice({ user, channel, text: `${what} failed with the error ${sayFailure(result.failure)}` });
      } catch (error) {
        addNotice({ user, channel, text: `${what}: ${error instanceof Error ? error.message : error}` });
      }
    },
    [user, channel, addNotice],
  );
}

/** What this person can do with the messages of this channel. */
export function useMessageActions(
  { user, channel }: Place,
  perform: Perform,
  openThread: Actions['openThread'],
): Actions {
  return useMemo(
    () => ({
      click: ({ ts }, action) => perform({ kind: 'click', user, channel, messageTs: ts, ...action }, 'The button'),
      runShortcut: ({ ts }, { callbackId, name }) =>
        perform({ kind: 'shortcut', user, channel, messageTs: ts, callbackId }, `“${name}”`),
      openThread,
    }),
    [user, channel, perform, openThread],
  );
}
