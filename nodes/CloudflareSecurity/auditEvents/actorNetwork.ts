import { ADDRESS_BITS, parseNetwork, type IpNetwork } from '../firewall/ipAddress';

/** Whether an event's actor acted from this address or network; without a readable address not. */
export function isWithin(ip: string | null, network: IpNetwork): boolean {
	const address = ip === null ? undefined : parseNetwork(ip);
	if (address?.version !== network.version || address.prefix < network.prefix) return false;
	const hostBits = BigInt(ADDRESS_BITS[network.version] - network.prefix);
	return address.address >> hostBits === network.address >> hostBits;
}
