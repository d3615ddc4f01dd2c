import { describe } from 'vitest';
import { meetFaults } from './fault-case.js';
import { s3Faults } from './s3-faults.js';

describe('the bucket’s bad days', () => meetFaults(s3Faults));
