/**
 * Text for a mrkdwn or top-level `text` field: with these three replaced, nothing in it is a mention, a link or a ping.
 * Not for plain_text, rich_text elements or alt_text, which show entities as they are.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A user in mrkdwn, by an id that Slack gave us; Slack shows the name. */
export function mention(userId: string): string {
  return `<@${userId}>`;
}
