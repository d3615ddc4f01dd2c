import { describe } from 'vitest';
import { meetFaults } from './fault-case.js';
import { slackAnswerFaults } from './slack-answer-faults.js';
import { slackClickFaults } from './slack-click-faults.js';
import { slackMessageFaults } from './slack-message-faults.js';

describe('Slack’s bad days', () => meetFaults([...slackMessageFaults, ...slackAnswerFaults, ...slackClickFaults]));
