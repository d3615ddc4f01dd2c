export interface Pacer<State> {
  /** Shows this state when its turn comes, or a later one in its place. Failures are told to `onError`. */
  showSoon(state: State): void;
  /** Shows this state as soon as what is being sent has been sent; fails where that fails. */
  showNow(state: State): Promise<void>;
}

export interface PacerOptions<State> {
  send(state: State): Promise<void>;
  /** True where a state tells no more than the one that was sent last. */
  isOld(state: State, sent: State): boolean;
  onError(error: unknown): void;
  gapMilliseconds: number;
  now(): number;
}

/** Sends the states of one message: never two at once, never an older one after a newer, and no faster than the gap. */
export function createPacer<State>({ send, isOld, onError, gapMilliseconds, now }: PacerOptions<State>): Pacer<State> {
  let wanted: State | undefined;
  let sent: State | undefined;
  let sentAt = now();
  let timer: NodeJS.Timeout | undefined;
  let earlier: Promise<void> = Promise.resolve();

  function want(state: State): void {
    if (wanted === undefined || !isOld(state, wanted)) wanted = state;
  }

  async function sendWanted(): Promise<void> {
    const state = wanted;
    wanted = undefined;
    clearTimeout(timer);
    timer = undefined; // only now: a turn that waits for an earlier one serves whatever comes meanwhile
    if (state === undefined || (sent !== undefined && isOld(state, sent))) return;
    sentAt = now(); // its start: what comes while it is under way keeps the gap to it as well
    try {
      await send(state);
      sent = state;
    } catch (error) {
      wanted ??= state; // whoever comes next tries it again
      throw error;
    }
  }

  function enqueue(): Promise<void> {
    clearTimeout(timer);
    const turn = earlier.then(sendWanted);
    earlier = turn.catch(() => undefined); // the one who asked for this turn hears of its failure
    return turn;
  }

  return {
    showSoon(state) {
      want(state);
      timer ??= setTimeout(() => enqueue().catch(onError), Math.max(0, sentAt + gapMilliseconds - now()));
    },
    showNow(state) {
      want(state);
      return enqueue();
    },
  };
}
