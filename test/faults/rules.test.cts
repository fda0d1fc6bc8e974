import { tryRuns } from './support/matrix.cjs';

tryRuns(({ resource }) => ['rulesetRule', 'ipAccessRule'].includes(resource));
