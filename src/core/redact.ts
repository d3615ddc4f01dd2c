const removed = '[removed]';

/** What must never appear in a log, even inside a library's message. */
const secrets: readonly RegExp[] = [
  /\bx(?:ox[a-z](?:\.xox[a-z])?|app|wfp)-[\w-]+/gi, // Slack's bot, user, app-level and refresh tokens
  // The secret part of a response_url or webhook. Only after a host: many containers keep an app's code in /app/.
  /(?<=https?:\/\/[^\s/"'<>]+\/(?:commands|actions|app|app-actions|services|triggers|workflows|response)\/)[\w/%.-]+/gi,
  /(?<=\bX-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"'<>]+/gi, // signed links
  /(?<=[?&](?:ticket|token)=)[^&\s"'<>]+/gi, // socket tickets
  /(?<="token":")[^"]+/g, // Slack's verification token, in each payload
  /(?<=\bBearer )[\w.~+/=-]{16,}/gi,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, // AWS access key ids
  /\bsk-[\w-]{8,}/g, // OpenAI keys
];

/** The text without tokens, signatures and secret addresses. */
export function redact(text: string): string {
  return secrets.reduce((safe, secret) => safe.replace(secret, removed), text);
}
