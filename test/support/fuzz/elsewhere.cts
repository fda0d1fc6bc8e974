import nock from 'nock';
import type { Problem } from './oracle.cjs';

/** Nock gives the address in parts to a host that it does not know, and the request itself to one that it does. */
interface Unmatched {
	method?: string;
	protocol?: string;
	host?: string;
	path?: string;
}

/**
 * Requests to any host but the stand-in's, since this was last asked. They are refused before the stand-in could see
 * them, and what the node says then is what it says when there is no network: only nock knows.
 */
export function watchElsewhere(): () => Problem[] {
	const found: Problem[] = [];
	const note = ({ method, protocol, host, path }: Unmatched) =>
		void found.push({ kind: 'outside', text: `${method} ${protocol}//${host}${path}` });
	beforeAll(() => void nock.emitter.on('no match', note));
	afterAll(() => void nock.emitter.off('no match', note));
	return () => found.splice(0);
}
