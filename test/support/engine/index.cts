/** Runs the built package (dist) in n8n's own engine. Requests go out for real: put the stand-in in front of them. */
export { moveTime, type MovableTime } from './clock.cjs';
export { setDefaultCredentials } from './host.cjs';
export type { TestCredential } from './credentials.cjs';
export { loadPackage, projectRoot } from './package.cjs';
export {
	runListSearch,
	type RunListSearchInput,
	type RunListSearchResult,
} from './runListSearch.cjs';
export { runLoadOptions } from './runLoadOptions.cjs';
export { runNode, type RunNodeError, type RunNodeInput, type RunNodeResult } from './runNode.cjs';
export { testCredential } from './testCredential.cjs';
export { hasFeature, needs } from './versions.cjs';
export {
	createTrigger,
	type PollHostName,
	type PollOutcome,
	type Trigger,
	type TriggerInput,
} from './trigger.cjs';
