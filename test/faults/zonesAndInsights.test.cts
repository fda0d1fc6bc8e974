import { tryRuns } from './support/matrix.cjs';

tryRuns(({ resource }) => ['zone', 'insight'].includes(resource));
