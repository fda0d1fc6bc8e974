import type { IDataObject } from 'n8n-workflow';
import type { Poll } from '../../../nodes/CloudflareSecurity/trigger/newEvents';

type Given = Pick<Poll, 'log' | 'now' | 'startedAt' | 'timeMs'> & {
	/** What n8n keeps between polls. */
	state: IDataObject;
	settings: Pick<Poll['settings'], 'lookBack' | 'maxEvents'> & Partial<Poll['settings']>;
	/** Gets what is said in n8n's log. */
	note?(line: string): void;
};

/** A poll of the trigger's core, without n8n and without Cloudflare. */
export const handMadePoll = ({
	state,
	settings,
	note = () => undefined,
	...given
}: Given): Poll => ({
	context: {
		getWorkflowStaticData: () => state,
		getNode: () => ({ name: 'Trigger' }),
		getWorkflow: () => ({ name: 'Watch' }),
		logger: { info: note, warn: note },
	} as unknown as Poll['context'],
	settings: { ignoreOwnChanges: false, ...settings } as Poll['settings'],
	connection: {} as Poll['connection'],
	account: 'account' as unknown as Poll['account'],
	fingerprint: 'v2 account',
	...given,
});
