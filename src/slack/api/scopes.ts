/** What the bot token must be granted: the scopes of manifest.yml, which does not travel with the built app. */
export const botScopes = ['commands', 'chat:write', 'chat:write.public', 'files:write'] as const;
