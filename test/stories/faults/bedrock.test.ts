import { describe } from 'vitest';
import { bedrockFaults } from './bedrock-faults.js';
import { meetFaults } from './fault-case.js';

describe('Bedrock’s bad days', () => meetFaults(bedrockFaults));
