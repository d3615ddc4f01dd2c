import { z } from 'zod';
import { iconNamed } from './find-icons.js';
import { addChunk, findChunk } from './png-chunks.js';
import type { Scene } from './read-prompt.js';
import { styleNames } from './styles.js';

/** What an image was drawn from. Every image of the sandbox carries it, so that it can be drawn again with a change. */
export interface Recipe {
  scene: Scene;
  /** Places everything. The same chance gives the same image. */
  chance: number;
  /** Chooses the light. */
  seed: number;
  /** Written into a corner. */
  model?: string | undefined;
  /** Of the scene without its margin. */
  width: number;
  height: number;
  /** More sky and ground around the scene. */
  margin: Margin;
  /** Another chance and light, and how far the image is on the way to them: 0 to 1. */
  toward?: { chance: number; seed: number; share: number } | undefined;
}

export interface Margin {
  left: number;
  right: number;
  up: number;
  down: number;
}

const subjectSchema = z.object({ name: z.string(), color: z.string().optional() }).transform(({ name, color }) => {
  const icon = iconNamed(name);
  return icon ? [{ ...icon, color }] : [];
});

const recipeSchema: z.ZodType<Recipe> = z.object({
  scene: z.object({
    subjects: z.array(subjectSchema).transform((subjects) => subjects.flat()),
    letters: z.string(),
    style: z.enum(styleNames).optional(),
    light: z.enum(['day', 'dusk', 'night']).optional(),
    ground: z.enum(['land', 'snow', 'water']),
  }),
  chance: z.number(),
  seed: z.number(),
  model: z.string().optional(),
  width: z.number(),
  height: z.number(),
  margin: z.object({ left: z.number(), right: z.number(), up: z.number(), down: z.number() }),
  toward: z.object({ chance: z.number(), seed: z.number(), share: z.number() }).optional(),
});

/** Private and ancillary: https://www.w3.org/TR/png-3/#5Chunk-naming-conventions */
const chunkName = 'rcPe';
const commentMark = 'sandbox recipe ';
const jpegComment = 0xfffe;
const maxCommentLength = 65_533;

/** The same image with its recipe: in a chunk of a PNG, in a comment of a JPEG. */
export function writeRecipe(image: Buffer, recipe: Recipe): Buffer {
  const { scene } = recipe;
  const subjects = scene.subjects.map(({ name, color }) => ({ name, color }));
  const text = JSON.stringify({ ...recipe, scene: { ...scene, subjects } });
  if (isPng(image)) return addChunk(image, chunkName, Buffer.from(text));
  const comment = Buffer.from(commentMark + text);
  if (!isJpeg(image) || comment.length > maxCommentLength) return image;
  const header = Buffer.alloc(4);
  header.writeUInt16BE(jpegComment);
  header.writeUInt16BE(comment.length + 2, 2);
  return Buffer.concat([image.subarray(0, 2), header, comment, image.subarray(2)]);
}

/** Undefined for an image that the sandbox did not draw, or that was encoded again since. */
export function readRecipe(image: Buffer): Recipe | undefined {
  const text = isPng(image) ? findChunk(image, chunkName)?.toString() : isJpeg(image) ? readComment(image) : undefined;
  return text === undefined ? undefined : recipeSchema.safeParse(JSON.parse(text)).data;
}

function readComment(image: Buffer): string | undefined {
  if (image.length < 6 || image.readUInt16BE(2) !== jpegComment) return undefined;
  const text = image.toString('utf8', 6, 4 + image.readUInt16BE(4));
  return text.startsWith(commentMark) ? text.slice(commentMark.length) : undefined;
}

const isPng = (image: Buffer) => image.length > 8 && image.toString('latin1', 1, 4) === 'PNG';
const isJpeg = (image: Buffer) => image.length > 2 && image.readUInt16BE(0) === 0xffd8;
