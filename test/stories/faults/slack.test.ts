import { describe } from 'vitest';
import { meetFaults } from './fault-case.js';
import { slackFaults } from './slack-faults.js';

describe('Slack’s bad days', () => meetFaults(slackFaults));
