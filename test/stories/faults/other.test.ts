import { describe } from 'vitest';
import { meetFaults } from './fault-case.js';
import { otherFaults } from './other-faults.js';

describe('bad days of Comprehend, guardrails and OpenAI', () => meetFaults(otherFaults));
