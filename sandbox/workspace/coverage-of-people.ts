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
    name: 'block_actions from messages',
    status: 'partly',
    tests: [
      'a click carries the documented fields',
      'a click by somebody of another company tells their workspace, and the organization of the message',
      'a click on an ephemeral message says so and brings no message',
      'a click in a thread names the thread',
      'a choice from a menu carries the option',
      'a click on a card of a carousel names the card',
      'nobody can press what is not there',
      "another app's buttons are not the app's",
      'a press that the person takes back in the confirmation sends nothing',
    ],
    notes: 'state.values is empty: what stands chosen in the menus of a message is not kept.',
  },
  {
    name: 'block_actions from modals',
    status: 'partly',
    tests: [
      'a click carries the documented fields and the whole form',
      'a menu holds what was chosen, in later clicks and in the submission',
      'an overflow menu carries its option and holds nothing',
      'a choice in an input with dispatch_action reaches the app',
      'a text reaches the app on enter, or letter by letter, as the app asks',
      'a choice that the person takes back changes nothing and sends nothing',
      'nobody can press in a modal what is not there',
    ],
    notes: 'Fields and menus as in submissions. Typing is one event, however many letters it has. Not from App Home.',
  },
  {
    name: 'what stands in the fields of a modal',
    status: 'covered',
    tests: [
      'typing leaves the modal open, and the submission starts from it',
      'a refused submission keeps what was typed',
      'an update keeps what stands in a field of the same ids, whatever its initial value',
      'an update loses what stood in a field when %s',
      'an update fills a field that nobody has touched, if it came empty',
    ],
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
