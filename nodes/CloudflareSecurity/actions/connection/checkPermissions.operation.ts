import type { IDataObject } from 'n8n-workflow';
import { accountField, zoneField } from '../../descriptions/targets';
import type { ScopeKind } from '../../targets/scope';
import { findByName } from '../../targets/zone';
import type { CloudflareClient } from '../../transport/client';
import type { Item } from '../item';
import type { Operation, Resource } from '../operation';
import { permissions, type PermissionName } from '../../permissions';
import { Asker, type Verdict } from './ask';
import { isBadCredential, readCredential, type CredentialReport } from './credential';
import { chooseTargets, readChosen, scopesOf, type Chosen, type Targets } from './targets';
import { readAccounts, readZones, thing, type Visible } from './visible';

interface Surroundings {
	/** Undefined when it was not asked for any more. */
	accounts?: Visible;
	zones?: Visible;
	targets: Targets;
	asker: Asker;
}

/** Looks at what the credential sees, and stops at the first sign that it is no good. */
async function lookAround(
	{ client }: Item,
	chosen: Chosen,
	credential: CredentialReport,
	listAccounts: () => Promise<Visible>,
): Promise<Surroundings> {
	const nothing = { zone: undefined, account: undefined };
	const end = (reason: string, more: Partial<Surroundings> = {}): Surroundings => {
		const asker = new Asker(client, {});
		asker.end(reason);
		return { targets: nothing, asker, ...more };
	};
	if (!credential.usable) return end(`Not asked: the credential is ${credential.status}`);
	const accounts = await listAccounts();
	if (accounts.failure && isBadCredential(accounts.failure)) {
		return end(`Not asked: ${client.toError(accounts.failure).message}`, { accounts });
	}
	const zones = await readZones(client);
	if (zones.failure && isBadCredential(zones.failure)) {
		return end(`Not asked: ${client.toError(zones.failure).message}`, { accounts, zones });
	}
	const zone =
		chosen.zone && 'name' in chosen.zone
			? thing(await findByName(client, chosen.zone.name))
			: chosen.zone;
	const targets = chooseTargets(chosen.account, zone, { accounts, zones });
	const asker = new Asker(client, scopesOf(targets));
	// A zone with a name came out of a list, which takes the right to read it.
	if (targets.zone?.name !== undefined) asker.learn(permissions.zoneRead, { result: 'allowed' });
	if (!targets.zone && zones.failure?.kind === 'credentialOrPermission') {
		const reason = client.toError(zones.failure).message;
		asker.learn(permissions.zoneRead, { result: 'missing', reason });
	}
	return { accounts, zones, targets, asker };
}

interface Checked extends Verdict {
	[key: string]: string | null | undefined;
}

/** An operation needs one right at each level that it has; one without any needs a good credential alone. */
async function checkOperations(
	all: readonly Resource[],
	asker: Asker,
	{ usable }: CredentialReport,
): Promise<Checked[]> {
	const checked: Checked[] = [];
	for (const { value: resource, operations } of all) {
		for (const { value: operation, permission: needed } of operations) {
			const rights = Object.entries(needed) as Array<[ScopeKind, PermissionName]>;
			if (rights.length === 0) {
				const result = usable ? 'allowed' : 'unknown';
				checked.push({ resource, operation, level: null, permission: null, result });
			}
			for (const [level, permission] of rights) {
				const verdict = await asker.verdict(level, permission);
				checked.push({ resource, operation, level, permission, ...verdict });
			}
		}
	}
	return checked;
}

const listed = (client: CloudflareClient, visible?: Visible): IDataObject | null =>
	visible
		? {
				count: visible.count,
				first: visible.first.map(({ id, name }) => ({ id, name })),
				...(visible.failure ? { note: client.toError(visible.failure).message } : {}),
			}
		: null;

const count = (checked: readonly Checked[], wanted: Verdict['result']) =>
	checked.filter(({ result }) => result === wanted).length;

async function check(item: Item, all: readonly Resource[]): Promise<IDataObject> {
	const { client, connection } = item;
	const chosen = readChosen(item);
	let read: Promise<Visible> | undefined;
	const listAccounts = async () => await (read ??= readAccounts(client));
	const credential = await readCredential(connection, async () => {
		if (chosen.account) return { account: chosen.account };
		const { first, failure } = await listAccounts();
		return { account: first.at(0)?.id, failure };
	});
	const { accounts, zones, targets, asker } = await lookAround(
		item,
		chosen,
		credential,
		listAccounts,
	);
	const operations = await checkOperations(all, asker, credential);
	const missing = operations.filter(({ result }) => result === 'missing');
	return {
		credential,
		accounts: listed(client, accounts),
		zones: listed(client, zones),
		asked_about: {
			account_id: targets.account?.id ?? null,
			account_name: targets.account?.name ?? null,
			zone_id: targets.zone?.id ?? null,
			zone_name: targets.zone?.name ?? null,
		},
		allowed: count(operations, 'allowed'),
		missing: missing.length,
		unknown: count(operations, 'unknown'),
		missing_permissions: [...new Set(missing.map(({ permission }) => String(permission)))],
		operations,
	};
}

/** @param all every resource of the node; a function, because the list holds this operation too */
export const checkPermissions = (all: () => readonly Resource[]): Operation => ({
	value: 'checkPermissions',
	name: 'Check Permissions',
	action: 'Check permissions of credential',
	description:
		'Find out what the credential of this node may do: its kind, status and expiry, which accounts and zones it sees, and for every operation whether it is allowed or which permission is missing. Nothing is changed.',
	fields: [
		{
			...accountField,
			description:
				"The account to ask about. Left empty: the credential's Account ID, else the first account that it sees.",
		},
		{
			...zoneField,
			description:
				"The zone to ask about. Left empty: the credential's Zone ID, else the first zone that it sees.",
		},
	],
	permission: {},
	async execute(item) {
		const key = ['permissions', item.value('account', ''), item.value('zone', '')];
		// Once for all items: with a bad credential, each further try would bring the lock-out nearer.
		return [{ ...(await item.lookUp(key, async () => await check(item, all()))) }];
	},
});
