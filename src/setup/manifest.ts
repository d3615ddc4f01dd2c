import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { fileScope } from '../slack/api/tokens.js';

const schema = z.looseObject({
  display_information: z.looseObject({ name: z.string() }),
  features: z.looseObject({
    bot_user: z.looseObject({ display_name: z.string() }),
    slash_commands: z.array(z.looseObject({ command: z.string() })),
  }),
  oauth_config: z.looseObject({ scopes: z.looseObject({ bot: z.array(z.string()) }) }),
  settings: z.looseObject({ interactivity: z.looseObject({}) }),
});

export interface ManifestOptions {
  name: string;
  command: string;
  /** The app's public address; undefined for Socket Mode. */
  url: string | undefined;
  /** IMAGE_INPUT=on */
  readsFiles: boolean;
}

/** manifest.yml as it is for this app. */
function fillManifest({ name, command, url, readsFiles }: ManifestOptions) {
  const text = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  const manifest = schema.parse(parse(text));
  const { display_information, features, oauth_config, settings } = manifest;
  const { bot_user, slash_commands } = features;
  const { bot } = oauth_config.scopes;
  const address = url && eventsAddress(url);
  const handle = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return {
    ...manifest,
    display_information: { ...display_information, name },
    features: {
      ...features,
      bot_user: { ...bot_user, display_name: handle || bot_user.display_name },
      slash_commands: slash_commands.map((slash) => ({ ...slash, command, ...(address && { url: address }) })),
    },
    oauth_config: { ...oauth_config, scopes: { bot: readsFiles ? [...bot, fileScope] : bot } },
    settings: {
      ...settings,
      interactivity: { ...settings.interactivity, ...(address && { request_url: address }) },
      socket_mode_enabled: !address,
    },
  };
}

/** Where Bolt listens, unless the address has a path of its own. */
function eventsAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + (pathname === '/' ? '/slack/events' : pathname);
}

/** Slack's page with the manifest filled in: https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests */
export function createAppAddress(options: ManifestOptions): string {
  const manifest = encodeURIComponent(JSON.stringify(fillManifest(options)));
  return `https://api.slack.com/apps?new_app=1&manifest_json=${manifest}`;
}
