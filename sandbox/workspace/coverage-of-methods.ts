import type { CoverageRow } from '../coverage-row.js';

/** Methods of the Web API. One that has no row here is answered with `unknown_method`. */
export const methodRows: readonly CoverageRow[] = [
  {
    name: 'auth.test',
    status: 'partly',
    tests: ['auth.test tells who the bot is and which scopes it has'],
    notes: 'Bot token only.',
  },
  {
    name: 'auth.teams.list',
    status: 'partly',
    tests: ['an organization tells of itself and of its workspaces'],
    notes: 'No pages.',
  },
  {
    name: 'apps.connections.open',
    status: 'covered',
    tests: [
      'says hello with the app and the number of connections',
      'refuses the app token for a bot method, and the bot token for an app method',
    ],
  },
  {
    name: 'chat.postMessage',
    status: 'partly',
    tests: [
      'chat.postMessage answers with the message as Slack keeps it',
      'posts into a public channel without membership, given chat:write.public',
      'does not know private channels and conversations that the bot is not in',
      'refuses archived and restricted channels',
      'opens the conversation with a person whose id is given as the channel',
      'writes to nobody in a workspace where the Messages tab of the app is off',
      'refuses a message without text, blocks or attachments',
      'cuts a text at 40 000 characters',
      'keeps metadata, and refuses any without an event type',
      'puts a reply into its thread',
      'reads arguments from a JSON body',
    ],
    notes: 'No markdown_text, reply_broadcast, unfurling, username or icons; attachments are kept unread.',
  },
  {
    name: 'chat.update',
    status: 'partly',
    tests: [
      'chat.update replaces a message in place, marked as edited only without blocks',
      'chat.update refuses what is not there, not its own, too long, or in an archived channel',
      'keeps metadata, and refuses any without an event type',
    ],
    notes: 'No file_ids, no edit window, no block_mismatch.',
  },
  { name: 'chat.delete', status: 'covered', tests: ['chat.delete removes only messages of the app'] },
  {
    name: 'chat.postEphemeral',
    status: 'covered',
    tests: [
      'chat.postEphemeral is seen by one person and cannot be updated',
      'chat.postEphemeral needs the bot and the person in the channel',
    ],
  },
  {
    name: 'chat.getPermalink',
    status: 'covered',
    tests: ['chat.getPermalink links to a message and to a reply in its thread'],
  },
  {
    name: 'conversations.info',
    status: 'partly',
    tests: ['conversations.info needs a read scope and tells whether the bot is a member'],
    notes: 'The fields that tell what kind of conversation it is; no topic, purpose or counts.',
  },
  {
    name: 'files.getUploadURLExternal',
    status: 'covered',
    tests: [
      "the SDK's files.uploadV2 puts a file into a thread",
      'refuses an upload without length, and one that is no upload',
    ],
  },
  {
    name: 'files.completeUploadExternal',
    status: 'partly',
    tests: [
      "the SDK's files.uploadV2 puts a file into a thread",
      'needs membership of the channel, whatever chat:write.public allows',
      'completes an upload once, and only after the bytes have come',
    ],
    notes: 'The message is there at once; Slack posts it when the file is processed.',
  },
  {
    name: 'views.open',
    status: 'covered',
    tests: [
      'views.open shows a modal to the person who acted, and answers with the view',
      'a trigger id is good for three seconds, once',
      'refuses a modal with %s',
      'refuses a view over 250 KB, and an external_id that is taken',
    ],
  },
  {
    name: 'views.update',
    status: 'covered',
    tests: [
      'views.update changes an open modal, unless its hash is an old one or the modal is gone',
      'an update keeps what stands in a field of the same ids, whatever its initial value',
    ],
  },
  { name: 'views.push', status: 'not', tests: [], notes: 'Views are pushed by response_action only.' },
  { name: 'views.publish', status: 'not', tests: [], notes: 'There is no App Home.' },
];
