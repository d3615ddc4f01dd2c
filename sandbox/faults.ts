export type Faults<Request, Fault> = ReturnType<typeof createFaults<Request, Fault>>;

/** What a stand-in has been told to do wrong. */
export function createFaults<Request, Fault>() {
  type When = (request: Request) => boolean;
  let planned: { fault: Fault; left: number; isMet: boolean; when: When }[] = [];
  return {
    /** The next `times` requests for which `when` holds meet this fault. Faults are met in the order in which they were added. */
    add(fault: Fault, { times = 1, when = () => true }: { times?: number; when?: When } = {}): void {
      planned.push({ fault, left: times, isMet: false, when });
    },
    /** The fault that this request meets, used up by one; undefined if it meets none. */
    take(request: Request): Fault | undefined {
      const met = planned.find((plan) => plan.when(request));
      if (met) {
        met.left -= 1;
        met.isMet = true;
      }
      planned = planned.filter((plan) => plan.left > 0);
      return met?.fault;
    },
    /** Those that no request has met. */
    unmet: (): readonly Fault[] => planned.filter(({ isMet }) => !isMet).map(({ fault }) => fault),
    clear(): void {
      planned = [];
    },
  };
}
