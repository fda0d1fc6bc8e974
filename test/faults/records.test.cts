import { tryRuns } from './support/matrix.cjs';

tryRuns(({ resource }) => resource === 'dnsRecord');
