const removed = '[removed]';

/** What must never be read in a log, whichever library's sentence it stands in. */
const secrets: readonly RegExp[] = [
  /\bx(?:ox[a-z](?:\.xox[a-z])?|app|wfp)-[\w-]+/gi, // Slack's bot, user, app-level and refresh tokens
  // The secret part of a response_url or webhook. Only behind a host: /app/ is also where many containers keep an app's code.
  /(?<=https?:\/\/[^\s/"'<>]+\/(?:commands|actions|app|app-actions|services|triggers|workflows|response)\/)[\w/%.-]+/gi,
  /(?<=\bX-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"'<>]+/gi, // signed links
  /(?<=[?&](?:ticket|token)=)[^&\s"'<>]+/gi, // socket tickets
  /(?<="token":")[^"]+/g, // Slack's verification token, in each payload
  /(?<=\bBearer )[\w.~+/=-]{16,}/gi,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, // AWS access key ids
  /\bsk-[\w-]{8,}/g, // OpenAI keys
];

/** The text without tokens, signatures and addresses that are secret in themselves. */
export function redact(text: string): string {
  return secrets.reduce((safe, secret) => safe.replace(secret, removed), text);
}
