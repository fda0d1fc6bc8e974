import { setTimeout as sleep } from 'node:timers/promises';
import { seedIds, wouldBlock } from '../cloudflare/index.cjs';
import type { Cloudflare } from '../n8n/sandbox.cjs';
import type { Alert } from './alert.cjs';
import type { ExpiryPlaybook, Removal } from './expiryPlaybook.cjs';
import { blockedAddresses, type BlockedAddress } from './observe.cjs';

export interface ExpiryResult {
	/** The address whose block was to end. */
	address: string;
	until: string;
	blockedBefore: boolean;
	blockedAfter: boolean;
	listBefore: BlockedAddress[];
	listAfter: BlockedAddress[];
	removals: Removal[];
	/** Only this address left the list, not before its time, and the playbook told of it once. */
	success: boolean;
}

const PATIENCE_MS = 90_000;
const EVERY_MS = 500;

const isBlocked = ({ state }: Cloudflare, { sourceIp, host, path }: Alert) =>
	wouldBlock(state, seedIds.zones['example.com'], { ip: sourceIp, host, path }).blocked;

/** @param alert one that was answered with a block, and says until when */
export function lookBefore(cloudflare: Cloudflare, alert: Alert) {
	return { blocked: isBlocked(cloudflare, alert), list: blockedAddresses(cloudflare) };
}

/** Waits until the scheduled playbook has ended the block, at most as long as n8n may need. */
export async function awaitRemoval(
	cloudflare: Cloudflare,
	playbook: ExpiryPlaybook,
	alert: Alert & { blockUntil: string },
	before: ReturnType<typeof lookBefore>,
): Promise<ExpiryResult> {
	const { sourceIp: address, blockUntil } = alert;
	const deadline = Date.parse(blockUntil) + PATIENCE_MS;
	let removals = await playbook.removals();
	let endedEarly = false;
	while (removals.length === 0 && Date.now() < deadline) {
		if (!isBlocked(cloudflare, alert) && Date.now() < Date.parse(blockUntil)) endedEarly = true;
		await sleep(EVERY_MS);
		removals = await playbook.removals();
	}
	const listAfter = blockedAddresses(cloudflare);
	const blockedAfter = isBlocked(cloudflare, alert);
	const others = before.list.filter((each) => each.address !== address);
	return {
		address,
		until: blockUntil,
		blockedBefore: before.blocked,
		blockedAfter,
		listBefore: before.list,
		listAfter,
		removals,
		success:
			before.blocked &&
			!blockedAfter &&
			!endedEarly &&
			others.length === before.list.length - 1 &&
			JSON.stringify(listAfter) === JSON.stringify(others) &&
			removals.length === 1 &&
			removals[0].address === address,
	};
}
