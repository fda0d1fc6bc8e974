import { formatNetwork, type IpNetwork, type IpVersion } from './ipAddress';
import { contains, embeddedIpv4, unmapped } from './network';
import type { Refusal } from './refusal';
import { documentationNetworks, specialNetworks, type NamedNetwork } from './specialNetworks';

/** `own`: the user's networks. `special`: no visitor can come from there. */
export type ProtectionCode = 'ownNetwork' | 'cloudflareNetwork' | 'specialNetwork' | 'tooWide';

export interface ProtectionRefusal extends Refusal<ProtectionCode> {
	/** The canonical text of the protected network that the block would hit; none for `tooWide`. */
	readonly protectedNetwork?: string;
}

export interface Guard {
	/** Cloudflare's own ranges, from `GET /ips` or the built-in copy. */
	readonly cloudflare: readonly IpNetwork[];
	/** What the user wants never to be blocked. */
	readonly own: readonly IpNetwork[];
	/** The shortest prefix that is blocked, for each family. */
	readonly widest?: Readonly<Record<IpVersion, number>>;
}

/** What the workflow's author has chosen. Never to be taken from the data that names the addresses. */
export interface GuardOverrides {
	/** Networks may be of any width. Protected networks in them still count. */
	readonly allowWide?: boolean;
	/** Protected networks may be blocked, the user's own included. The width still counts. */
	readonly force?: boolean;
}

export const defaultWidest: Readonly<Record<IpVersion, number>> = { 4: 16, 6: 32 };

const ALL_IPV4: IpNetwork = { version: 4, address: 0n, prefix: 0 };
const SIX_TO_FOUR: IpNetwork = { version: 6, address: 0x2002n << 112n, prefix: 16 };

interface Protected extends NamedNetwork {
	readonly code: ProtectionCode;
}

/**
 * Why a network must not be blocked, or undefined when it may be. To be asked about the network that would be written,
 * after it was widened to a block.
 *
 * A block is refused when it lies in a protected network and when it contains one. IPv6 addresses that stand for IPv4
 * ones are measured by those too.
 */
export function protectionOf(
	network: IpNetwork,
	guard: Guard,
	{ allowWide = false, force = false }: GuardOverrides = {},
): ProtectionRefusal | undefined {
	const rows = force ? [] : protectedBy(guard);
	const subjects = [network, ...ipv4Inside(network)];
	const find = (hits: (row: NamedNetwork, subject: IpNetwork) => boolean) => {
		for (const row of rows) {
			const subject = subjects.find((each) => hits(row, each));
			if (subject) return { row, subject };
		}
		return undefined;
	};

	const around = find((row, subject) => contains(row.network, subject));
	if (around) return refusal(network, around.subject, 'lies in', around.row);
	const { widest = defaultWidest } = guard;
	if (!allowWide && network.prefix < widest[network.version]) {
		return {
			code: 'tooWide',
			reason: `${formatNetwork(network)} is wider than /${widest[network.version]}, the widest IPv${network.version} network that is blocked`,
		};
	}
	const inside = find((row, subject) => contains(subject, row.network));
	return inside && refusal(network, inside.subject, 'contains', inside.row);
}

/** The name of the documentation range in which a network lies, such as `documentation (RFC 5737)`, if it does. */
export function documentationOf(network: IpNetwork): string | undefined {
	return documentationNetworks.find((row) => contains(row.network, network))?.name;
}

const rowsOf = new WeakMap<readonly IpNetwork[], WeakMap<readonly IpNetwork[], Protected[]>>();

/** Made once for the same lists: a run asks for each of its addresses. */
function protectedBy({ own, cloudflare }: Guard): readonly Protected[] {
	const known = rowsOf.get(own) ?? new WeakMap<readonly IpNetwork[], Protected[]>();
	rowsOf.set(own, known);
	const rows = known.get(cloudflare) ?? makeRows({ own, cloudflare });
	known.set(cloudflare, rows);
	return rows;
}

function makeRows({ own, cloudflare }: Guard): Protected[] {
	const row = (code: ProtectionCode, name: string) => (network: IpNetwork) => ({
		code,
		name,
		network: unmapped(network),
	});
	return [
		...own.map(row('ownNetwork', 'one of your protected networks')),
		...cloudflare.map(row('cloudflareNetwork', "Cloudflare's own network")),
		...specialNetworks.map((special) => ({ ...special, code: 'specialNetwork' as const })),
	];
}

function ipv4Inside(network: IpNetwork): IpNetwork[] {
	if (contains(network, SIX_TO_FOUR)) return [ALL_IPV4];
	const embedded = embeddedIpv4(network);
	return embedded ? [embedded.network] : [];
}

function refusal(
	network: IpNetwork,
	subject: IpNetwork,
	relation: string,
	row: Protected,
): ProtectionRefusal {
	const text = formatNetwork(network);
	const protectedNetwork = formatNetwork(row.network);
	const what = subject === network ? text : `${text} stands for ${formatNetwork(subject)}, which`;
	return {
		code: row.code,
		reason: `${what} ${relation} ${protectedNetwork}: ${row.name}`,
		protectedNetwork,
	};
}
