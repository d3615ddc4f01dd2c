interface Planned<Request, Fault> {
  fault: Fault;
  left: number;
  isMet: boolean;
  when: (request: Request) => boolean;
}

export interface Faults<Request, Fault> {
  /** The next `times` requests (defaults to 1) for which `when` holds meet this fault. Faults are met in the order in which they were added. */
  add(fault: Fault, options?: { times?: number; when?: (request: Request) => boolean }): void;
  /** The fault that this request meets, used up by one; undefined if it meets none. */
  take(request: Request): Fault | undefined;
  /** Those that no request has met. */
  unmet(): readonly Fault[];
  clear(): void;
}

/** What a stand-in has been told to do wrong. */
export function createFaults<Request, Fault>(): Faults<Request, Fault> {
  let planned: Planned<Request, Fault>[] = [];
  return {
    add(fault, { times = 1, when = () => true } = {}) {
      planned.push({ fault, left: times, isMet: false, when });
    },
    take(request) {
      const met = planned.find((plan) => plan.when(request));
      if (met) {
        met.left -= 1;
        met.isMet = true;
      }
      planned = planned.filter((plan) => plan.left > 0);
      return met?.fault;
    },
    unmet: () => planned.filter(({ isMet }) => !isMet).map(({ fault }) => fault),
    clear() {
      planned = [];
    },
  };
}
