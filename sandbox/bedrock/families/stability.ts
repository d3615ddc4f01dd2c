import { z } from 'zod';
import { AwsError } from '../../json-service.js';
import { type ModelFamily, type Refusal, randomSeed } from '../model-family.js';

/** The nine aspect ratios, about one megapixel each. */
const sizes = new Map<string, readonly [width: number, height: number]>([
  ['16:9', [1344, 768]],
  ['1:1', [1024, 1024]],
  ['21:9', [1536, 640]],
  ['2:3', [832, 1216]],
  ['3:2', [1216, 832]],
  ['4:5', [896, 1120]],
  ['5:4', [1120, 896]],
  ['9:16', [768, 1344]],
  ['9:21', [640, 1536]],
]);

const finishReasons: Record<Refusal, string> = {
  prompt: 'Filter reason: prompt',
  'output image': 'Filter reason: output image',
  'inference error': 'Inference error',
};

/**
 * Stable Image Core and Ultra, Stable Diffusion 3.5 Large, as far as they draw from a text:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-stability-diffusion.html
 */
export function createStabilityFamily(name: string, maxSeed: number): ModelFamily {
  const request = z.strictObject({
    prompt: z.string().min(1).max(10_000),
    negative_prompt: z.string().max(10_000).optional(),
    mode: z.literal('text-to-image').optional(),
    aspect_ratio: z.enum([...sizes.keys()]).optional(),
    seed: z.int().min(0).max(maxSeed).optional(),
    output_format: z.enum(['png', 'PNG']).optional(),
  });
  return {
    read(body) {
      const parsed = request.safeParse(body);
      if (!parsed.success) throw invalid(parsed.error.issues[0], name, Object.keys(request.shape));
      const { prompt, negative_prompt: negativePrompt, aspect_ratio, seed } = parsed.data;
      const [width, height] = sizes.get(aspect_ratio ?? '1:1') ?? [1024, 1024];
      return { prompt, negativePrompt, seed: seed || randomSeed(), width, height };
    },
    drawn: (seed, image) => ({ seeds: [seed], finish_reasons: [null], images: [image] }),
    refused: (_seed, why) => ({ finish_reasons: [finishReasons[why]] }),
  };
}

/** https://github.com/aws-samples/amazon-bedrock-client-for-mac/issues/121 shows the sentence for an unknown field. The other is the sandbox's. */
function invalid(issue: z.core.$ZodIssue | undefined, name: string, fields: string[]): AwsError {
  const detail =
    issue?.code === 'unrecognized_keys'
      ? `Invalid field '${issue.keys[0]}' in request. Available fields for ${name} are: ${fields.join(', ')}`
      : `Invalid value for field '${issue?.path.join('.')}': ${issue?.message}`;
  return new AwsError('ValidationException', JSON.stringify({ detail }));
}
