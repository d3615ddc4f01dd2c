const removed = '[removed]';

/** What must never be read in a log, whichever library's sentence it stands in. */
const secrets: readonly RegExp[] = [
  /\bx(?:ox[a-z](?:\.xox[a-z])?|app|wfp)-[\w-]+/gi, // Slack's bot, user, app-level and refresh tokens
  /(?<=\/(?:commands|actions|app|services|workflows|response)\/)[\w/%.-]+/gi, // the secret part of a response_url or webhook
  /(?<=[?&](?:X-Amz-(?:Signature|Credential|Security-Token)|ticket|token)=)[^&\s"'<>]+/gi, // signed links, socket tickets
  /(?<=\bBearer )[\w.~+/=-]+/gi,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, // AWS access key ids
  /\bsk-[\w-]{8,}/g, // OpenAI keys
];

/** The text without tokens, signatures and addresses that are secret in themselves. */
export function redact(text: string): string {
  return secrets.reduce((safe, secret) => safe.replace(secret, removed), text);
}
