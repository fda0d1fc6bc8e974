import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { permissions } from '../permissions';
import { resolveAccount } from '../targets/account';
import { connect, credentialTypeFor, type Connection } from '../transport/connect';
import {
	FAILURE_CONTEXT,
	failureKindOf,
	toNodeError,
	withHelpLink,
	type NodeError,
} from '../transport/errors';
import { helpFor } from '../transport/help';
import { openAuditLog, type WantedEvent } from './auditLog';
import { isUnhurried, longestWait, pollTime, readingTime } from './limits';
import { DAYS, newestEvents } from './newestEvents';
import { pollNewEvents, type Poll } from './newEvents';
import { say } from './say';
import { tellOutOfTime } from './outOfTime';
import { readSettings } from './settings';
import { noteFailure, readState } from './state';

/** What the next poll may well get past, as failures of the transport are called. */
const PASSING = new Set(['network', 'rateLimited', 'server', 'unreadable']);

const toItems = (events: readonly WantedEvent[]): INodeExecutionData[] =>
	events.map(({ json }) => ({ json }));

async function openPoll(
	context: IPollFunctions,
	connection: Connection,
	timeMs: number,
): Promise<Poll> {
	const now = () => Date.now();
	const startedAt = now();
	// Waiting has no account or source yet.
	const found = readState(context.getWorkflowStaticData('node'), '');
	const settings = readSettings(context, found.kind === 'waiting' ? found.since : undefined);
	const account = await resolveAccount(
		connection,
		context.getNodeParameter('account', '', { extractValue: false }),
	);
	return {
		context,
		settings,
		connection,
		account,
		log: await openAuditLog(
			connection,
			account,
			settings,
			AbortSignal.timeout(readingTime(timeMs)),
		),
		fingerprint: `${settings.source} ${account}`,
		now,
		startedAt,
		timeMs,
	};
}

/** The newest events for the editor; the state of the active workflow stays as it is. */
async function showNewest({ context, log, startedAt }: Poll): Promise<INodeExecutionData[][]> {
	const events = await newestEvents(log, startedAt);
	if (events.length > 0) return [toItems(events)];
	const headline = 'There is no event yet that matches';
	const error = new NodeOperationError(context.getNode(), headline, {
		description: `Among the newest events of the last ${DAYS} days, none has what Trigger On and Filters ask for. Make one: change the comment of a DNS record in the Cloudflare dashboard, wait a minute, and test again with Everything and without filters.`,
	});
	error.context[FAILURE_CONTEXT] = { help: helpFor(headline) };
	throw error;
}

/** The state objects that polls have worked with. */
const knownStates = new WeakSet<object>();

/**
 * Whether n8n may be activating the workflow with this poll; it does not say it. Its usual engine has one state object
 * from activation to activation. The durable one copies it for each poll, but gives a scheduled poll less time.
 */
function mayBeActivation(context: IPollFunctions): boolean {
	const state = context.getWorkflowStaticData('node');
	const isNew = !knownStates.has(state);
	knownStates.add(state);
	return isNew && isUnhurried(context);
}

/**
 * The first failure in a row that may pass is noted and logged, not thrown: n8n gives a trigger up for good after some
 * throws while it starts, although the workflow still shows as active. From the second on, error workflows are to run.
 * @throws the error, unless it is the first of its kind in a row
 */
function bearFirstFailure(
	context: IPollFunctions,
	error: NodeError,
	poll: { fingerprint?: string; isFirst: boolean },
): null {
	const kind = failureKindOf(error);
	if (kind === undefined || !PASSING.has(kind)) throw error;
	const failures = noteFailure(context.getWorkflowStaticData('node'), { ...poll, now: Date.now() });
	if (failures > 1) throw error;
	say(
		context,
		'warn',
		`this poll did not get through; the next one makes up for it. ${error.message}`,
	);
	return null;
}

/**
 * One poll of the trigger.
 * @returns what is new, oldest first; null when there is nothing
 * @throws NodeApiError or NodeOperationError for bad input or a credential that is no good, and for other failures from
 *   the second in a row on
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const timeMs = pollTime(context);
	const signal = AbortSignal.timeout(timeMs);
	const authentication = context.getNodeParameter('authentication', 'token');
	const connection = await connect(context, credentialTypeFor(authentication), {
		permission: permissions.accountSettingsRead,
		maxQuotaWaitMs: longestWait(timeMs),
		maxRetryWaitMs: longestWait(timeMs),
		signal,
	});
	const isManual = context.getMode() === 'manual';
	const isFirst = !isManual && mayBeActivation(context);
	let opened: Poll | undefined;
	try {
		opened = await openPoll(context, connection, timeMs);
		if (isManual) return await showNewest(opened);
		const events = await pollNewEvents(opened);
		return events.length > 0 ? [toItems(events)] : null;
	} catch (error) {
		const told = tellOutOfTime(error, connection.client, timeMs);
		const known = withHelpLink(toNodeError(context.getNode(), told, connection.secrets));
		if (isManual) throw known;
		return bearFirstFailure(context, known, { fingerprint: opened?.fingerprint, isFirst });
	}
}
