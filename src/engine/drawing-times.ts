/** Enough that one slow image changes little, and few enough to follow a model that is slow today. */
const maxTimes = 20;

/** How long the last images of one model took that this process drew and saved. Of those that failed, nothing can be learned. */
export function createDrawingTimes(now: () => number) {
  let times: number[] = [];
  return {
    async measure<Image>(draw: () => Promise<Image>): Promise<Image> {
      const began = now();
      const image = await draw();
      times = [...times, now() - began].slice(-maxTimes);
      return image;
    },
    /** Milliseconds; undefined before the first image. */
    median(): number | undefined {
      return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];
    },
  };
}
