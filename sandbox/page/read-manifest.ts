import { parse } from 'yaml';
import { z } from 'zod';
import type { InstalledCommand, InstalledShortcut } from './protocol.js';

/** What the app brings to the workspace. */
export interface Installed {
  commands: readonly InstalledCommand[];
  shortcuts: readonly InstalledShortcut[];
  /** Whether it may write to people in their conversation with it. */
  messagesTab: boolean;
}

/** https://docs.slack.dev/reference/app-manifest */
const manifestSchema = z.object({
  features: z.object({
    app_home: z.object({ messages_tab_enabled: z.boolean().default(false) }).prefault({}),
    slash_commands: z
      .array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }))
      .default([]),
    shortcuts: z
      .array(z.object({ name: z.string(), callback_id: z.string(), type: z.enum(['message', 'global']) }))
      .default([]),
  }),
});

/** What Slack would offer and allow once this manifest is installed. */
export function readManifest(yaml: string): Installed {
  const { features } = manifestSchema.parse(parse(yaml));
  return {
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
    shortcuts: features.shortcuts.map(({ name, callback_id, type }) => ({ name, callbackId: callback_id, type })),
    messagesTab: features.app_home.messages_tab_enabled,
  };
}
