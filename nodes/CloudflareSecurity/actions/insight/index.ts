import type { Resource } from '../operation';
import { archive } from './archive.operation';
import { classify } from './classify.operation';
import { getAll } from './getAll.operation';
import { getSummary } from './getSummary.operation';

export const insight: Resource = {
	value: 'insight',
	name: 'Security Insight',
	description: 'What Security Center found, such as exposed servers and weak settings',
	operations: [archive, classify, getAll, getSummary],
};
