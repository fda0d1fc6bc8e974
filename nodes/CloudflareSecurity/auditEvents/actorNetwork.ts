import { parseNetwork, type IpNetwork } from '../firewall/ipAddress';
import { contains } from '../firewall/network';

/** Whether an event's actor acted from this address or network; without a readable address not. */
export function isWithin(ip: string | null, network: IpNetwork): boolean {
	const address = ip === null ? undefined : parseNetwork(ip);
	return address !== undefined && contains(network, address);
}
