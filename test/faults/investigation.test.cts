import { tryRuns } from './support/matrix.cjs';

tryRuns(({ resource }) =>
	['account', 'auditLog', 'alertHistory', 'accessApplication', 'connection', 'ruleset'].includes(
		resource,
	),
);
