import { BedrockError } from './bedrock-error.js';

const window = 60_000;

/** Counts the requests of the last minute for each model; throws ThrottlingException above the limit. */
export function createRateLimit(now: () => Date): (modelId: string, requestsPerMinute: number) => void {
  const taken = new Map<string, number[]>();
  return (modelId, requestsPerMinute) => {
    const time = now().getTime();
    const recent = (taken.get(modelId) ?? []).filter((at) => at > time - window);
    if (recent.length >= requestsPerMinute) throw new BedrockError('ThrottlingException');
    taken.set(modelId, [...recent, time]);
  };
}
