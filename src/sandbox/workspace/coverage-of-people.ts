import type { CoverageRow } from '../coverage-row.js';

/** What people do, and what the app gets of it. */
export const peopleRows: readonly CoverageRow[] = [
  {
    name: 'slash commands',
    status: 'covered',
    tests: [
      'a command carries the documented fields',
      'names private channels and direct messages as Slack does',
      'escapes what was typed: people, channels, links and &, <, >',
      'an acknowledgement with a text is a message for the person alone',
      'an acknowledgement to the channel also shows what was typed',
      'refuses an acknowledgement with invalid blocks',
      'only works where the person is',
    ],
  },
  {
    name: 'block_actions',
    status: 'partly',
    tests: [
      'a click carries the documented fields',
      'a click on an ephemeral message says so and brings no message',
      'a click in a thread names the thread',
      'a choice from a menu carries the option',
      'a click on a card of a carousel names the card',
      'nobody can press what is not there',
      "another app's buttons are not the app's",
    ],
    notes: 'From messages; not from modals (dispatch_action) or App Home.',
  },
  {
    name: 'message shortcuts',
    status: 'covered',
    tests: [
      'a shortcut carries the documented fields and the message',
      'a shortcut on a reply, on a message of the app and in a private channel works',
      'a message with replies tells that a thread starts there',
      'ephemeral messages have no shortcuts',
    ],
  },
  { name: 'global shortcuts', status: 'not', tests: [], notes: 'Only message shortcuts.' },
  {
    name: 'view_submission and view_closed',
    status: 'partly',
    tests: [
      'a submission carries the documented fields, with what the person left as it was',
      'tells each kind of field in its own way',
      'Slack itself stops %s',
      "shows the app's field errors in the modal, which stays open",
      'updates, pushes and clears as the app answers',
      'holds three views on top of each other, and no more',
      'fails for the person when the app answers with %s',
      'stays open when the app does not answer in time',
      'closing a modal tells the app where it asked to be told',
      'knows no field that the modal does not have',
    ],
    notes:
      'Fields: plain_text_input, number_input, static_select, multi_static_select, checkboxes, radio_buttons. No response_urls.',
  },
  {
    name: 'the driver: what people see and do',
    status: 'covered',
    tests: [
      'a workspace comes with three people and five channels',
      'people and channels can be added',
      'a person posts text and files, another app posts blocks and attachments',
      'waits for a change without polling',
      'tells what there is when it waits in vain',
      'passes on what a predicate throws',
      'tells subscribers of changes until they leave',
    ],
  },
];
