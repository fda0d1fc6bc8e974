import { formatNetwork, isSingleAddress, type IpNetwork } from '../../firewall/ipAddress';
import { widenTo } from '../../firewall/network';
import { InputError } from '../../input/inputError';

/** Cloudflare docs, "IP Access rules", parameters: no other prefix lengths exist. */
const PREFIXES = { 4: [16, 24], 6: [32, 48, 64] } as const;

const listed = (prefixes: readonly number[]) =>
	prefixes.map((prefix) => `/${prefix}`).join(prefixes.length > 2 ? ', ' : ' and ');

/** The next wider network that is allowed, and how many of the next narrower ones cover the given one. */
function nearest(network: IpNetwork): string {
	const allowed: readonly number[] = PREFIXES[network.version];
	const wider = allowed.filter((prefix) => prefix < network.prefix).at(-1);
	const narrower = allowed.find((prefix) => prefix > network.prefix);
	const choices = [
		...(wider === undefined ? [] : [`${formatNetwork(widenTo(network, wider))}, which is wider`]),
		...(narrower === undefined
			? []
			: [`${2 ** (narrower - network.prefix)} ranges of /${narrower}`]),
	];
	return choices.join(', or ');
}

/** @throws InputError when a network has a prefix length that access rules do not have; it names the nearest */
export function checkRange(network: IpNetwork, field: string): void {
	const allowed: readonly number[] = PREFIXES[network.version];
	if (isSingleAddress(network) || allowed.includes(network.prefix)) return;
	throw new InputError(
		field,
		`got ${formatNetwork(network)}, and IP access rules have no IPv${network.version} ranges of /${network.prefix}`,
		`A single address or a range of ${listed(allowed)}; the nearest: ${nearest(network)}. An IP list takes other ranges`,
	);
}
