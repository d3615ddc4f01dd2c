import { parse } from 'yaml';
import { z } from 'zod';

/** https://docs.slack.dev/reference/app-manifest */
const manifestSchema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  features: z.object({
    app_home: z.object({ messages_tab_enabled: z.boolean(), messages_tab_read_only_enabled: z.boolean() }),
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string() })),
    shortcuts: z.array(z.object({ name: z.string(), callback_id: z.string(), type: z.literal('message') })),
  }),
});

export type Installed = ReturnType<typeof readManifest>;

/** What the app adds to the workspace once this manifest is installed. */
export function readManifest(yaml: string) {
  const { oauth_config, features } = manifestSchema.parse(parse(yaml));
  const { app_home, slash_commands, shortcuts } = features;
  return {
    commands: slash_commands.map(({ usage_hint, ...command }) => ({ ...command, usageHint: usage_hint })),
    shortcuts: shortcuts.map(({ name, callback_id }) => ({ name, callbackId: callback_id })),
    /** What the bot token may do, with the right that IMAGE_INPUT=on needs besides. */
    scopes: [...oauth_config.scopes.bot, 'files:read'],
    /** Whether the app may write to users in their conversation with it. */
    messagesTab: app_home.messages_tab_enabled,
    /** Whether users may write to the app there. */
    takesMessages: app_home.messages_tab_enabled && !app_home.messages_tab_read_only_enabled,
  };
}
