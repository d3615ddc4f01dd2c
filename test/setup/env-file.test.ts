import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { changedNames, mergeSettings, prepareEnvFile, readEnvFile, writeEnvFile } from '../../src/setup/env-file.js';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'imagine-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it('changes the values of the settings, adds the missing ones, and leaves all else as it is, comments and export too', () => {
  const text = '# Slack\r\nexport SLACK_BOT_TOKEN = old # mine\r\n#S3_BUCKET=no\nOTHER="a b"\nS3_BUCKET=old';
  expect(mergeSettings(text, { SLACK_BOT_TOKEN: 'xoxb-1', S3_BUCKET: 'images', AWS_REGION: 'us-west-2' })).toBe(
    '# Slack\r\nexport SLACK_BOT_TOKEN=xoxb-1 # mine\r\n#S3_BUCKET=no\nOTHER="a b"\nS3_BUCKET=images\nAWS_REGION=us-west-2\n',
  );
});

it.each(['a b', 'a#b', "it's", 'say "no"', '`', '$HOME', '/imagine', 'k=v', 'ü'])(
  'writes %j so that it is read again',
  (value) => {
    expect(dotenv.parse(mergeSettings('B=1\n', { B: value, C: value }))).toEqual({ B: value, C: value });
  },
);

it('writes any value so that it is read again, or refuses it', () => {
  const text = '# first\nA="x\ny"\nB=1\n';
  fc.assert(
    fc.property(fc.string(), (value) => {
      let merged: string;
      try {
        merged = mergeSettings(text, { B: value, C: value });
      } catch {
        return;
      }
      expect(dotenv.parse(merged)).toEqual({ A: 'x\ny', B: value, ...(value && { C: value }) });
    }),
  );
});

it.each([
  ['A=old', 'A=new'],
  ['  export  A = "old # not a comment"  # a comment\n', '  export  A=new  # a comment\n'],
  ["A= 'old#1'#2", 'A=new#2'],
  ['A=`old` \r\n', 'A=new \r\n'],
  ['A= # empty', 'A=new # empty'],
])('keeps the comment and the end of the line %j', (before, after) => {
  expect(mergeSettings(before, { A: 'new' })).toBe(after);
});

it('refuses to change what only looks like a setting', () => {
  expect(() => mergeSettings('NOTE="first\nS3_BUCKET=in a note"\n', { S3_BUCKET: 'images' })).toThrow(/by hand/);
});

it('names the settings that have another value already', () => {
  const text = 'A=1\nB=2\nC=\n';
  expect(changedNames(text, { A: '1', B: '3', C: '4', D: '5' })).toEqual(['B']);
});

it('writes for the owner alone, in place of what a link leads to, and leaves nothing beside it', () => {
  const folder = newFolder();
  const elsewhere = newFolder();
  expect(readEnvFile(folder)).toBeUndefined();
  writeFileSync(join(elsewhere, 'settings'), 'A=1\n', { mode: 0o644 });
  symlinkSync(join(elsewhere, 'settings'), join(folder, '.env'));
  writeEnvFile(folder, 'A=2\n');
  expect(readFileSync(join(elsewhere, 'settings'), 'utf8')).toBe('A=2\n');
  expect(statSync(join(elsewhere, 'settings')).mode & 0o777).toBe(0o600);
  expect([readdirSync(folder), readdirSync(elsewhere)]).toEqual([['.env'], ['settings']]);
});

it('makes a .env that others can read private, and leaves its text as it is', () => {
  const folder = newFolder();
  writeFileSync(join(folder, '.env'), 'A=1\n', { mode: 0o644 });
  prepareEnvFile(folder);
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('A=1\n');
});

it('says what is wrong with a .env that is a folder, and with a folder that is not there', () => {
  const folder = newFolder();
  mkdirSync(join(folder, '.env'));
  expect(() => prepareEnvFile(folder)).toThrow(/^\.env: it must be a file .* \(EISDIR\)\.$/);
  expect(() => prepareEnvFile(join(folder, 'missing'))).toThrow(/\(ENOENT\)/);
});

it('leaves everything as it is if the new file cannot be put in its place', () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'target')); // a folder cannot be replaced by a file
  symlinkSync('target', join(folder, '.env'));
  expect(() => writeEnvFile(folder, 'A=1\n')).toThrow(/\(EISDIR\)/);
  expect(readdirSync(folder).sort()).toEqual(['.env', 'target']);
});
