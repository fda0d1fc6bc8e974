import assert from 'node:assert/strict';
import {
	addToken,
	sandboxCredentials,
	seedIds,
	type RecordedCall,
} from '../../sandbox/cloudflare/index.cjs';
import { assertHolds, assertSays, contents, records } from './checks.cjs';
import type { Ended, Place } from './place.cjs';
import type { Program } from './program.cjs';

const ZONE = 'example.net';
const NAME = `lexicon.${ZONE}`;
const RECORDS = 250;
const { userToken, globalKey } = sandboxCredentials;
const byToken = ['--auth-token', userToken];
const byKey = ['--auth-username', globalKey.email, '--auth-token', globalKey.apiKey];

const pageOf = ({ query }: RecordedCall): string | undefined =>
	query.find(([name]) => name === 'page')?.[1];

async function lexicon(place: Place, args: string[], credential = byToken): Promise<Ended> {
	return await place.run('lexicon', ['cloudflare', ...credential, ...args]);
}

async function succeeds(...call: Parameters<typeof lexicon>): Promise<string> {
	const { code, stdout } = await lexicon(...call);
	assert.equal(code, 0);
	return stdout;
}

const listed = (stdout: string) =>
	JSON.parse(stdout) as Array<{ id: string; name: string; content: string; ttl: number }>;

/** Manages DNS records of many providers from the command line. */
export const lexiconProgram: Program = {
	name: 'lexicon',
	packages: ['lexicon'],
	async version(place) {
		const { output } = await place.run('lexicon', ['--version']);
		return /lexicon (\S+)/.exec(output)?.[1];
	},
	jobs(place) {
		const { cloudflare } = place;
		const txt = () => contents(cloudflare, ZONE, NAME, 'TXT');
		return [
			{
				title: `lists an address record each of ${RECORDS} names, over all pages`,
				async run() {
					cloudflare.state.dns.fill(seedIds.zones[ZONE], RECORDS);
					const args = ['list', ZONE, 'A', '--output', 'JSON'];
					let stdout = '';
					const calls = await place.callsDuring(async () => {
						stdout = await succeeds(place, args);
					});
					const zone = cloudflare.state.zones.get(seedIds.zones[ZONE]);
					assert(zone);
					const held = [...cloudflare.state.dns.recordsOf(zone).values()];
					const ids = held.filter(({ type }) => type === 'A').map(({ id }) => id);
					assert.deepEqual(
						listed(stdout)
							.map(({ id }) => id)
							.sort(),
						ids.sort(),
					);
					assert.deepEqual(calls.slice(1).map(pageOf), [undefined, '2', '3']);
				},
			},
			{
				title: 'creates a record with a token that may only change the DNS of one zone',
				async run() {
					const token = addToken(cloudflare.state, {
						permissions: ['Zone Read', 'DNS Write'],
						zones: [seedIds.zones[ZONE]],
					});
					const args = [
						'create',
						ZONE,
						'TXT',
						'--name',
						'lexicon',
						'--content',
						'first',
						'--ttl',
						'600',
					];
					const zone = ['--zone-id', seedIds.zones[ZONE]];
					await succeeds(place, args, ['--auth-token', token, ...zone]);
					const [record] = records(cloudflare, ZONE, NAME, 'TXT');
					assertHolds(record, { content: 'first', ttl: 600 });
				},
			},
			{
				title: 'takes a record that is there already for done',
				async run() {
					// The code that this version of lexicon knows.
					cloudflare.state.dns.duplicateCode = 81057;
					const args = ['create', ZONE, 'TXT', '--name', 'lexicon', '--content', 'first'];
					await succeeds(place, args);
					assert.deepEqual(txt(), ['first']);
					assert.equal(cloudflare.calls.at(-1)?.status, 400);
				},
			},
			{
				title: 'finds a record by name and content with the Global API key',
				async run() {
					const args = ['list', ZONE, 'TXT', '--name', 'lexicon', '--content', 'first'];
					const stdout = await succeeds(place, [...args, '--output', 'JSON'], byKey);
					const [record] = records(cloudflare, ZONE, NAME, 'TXT');
					const { id, content, ttl } = record;
					assert.deepEqual(listed(stdout), [{ type: 'TXT', name: NAME, ttl, content, id }]);
				},
			},
			{
				title: 'replaces a record that it finds by its name',
				async run() {
					const args = ['update', ZONE, 'TXT', '--name', 'lexicon', '--content', 'second'];
					await succeeds(place, args);
					assert.deepEqual(txt(), ['second']);
				},
			},
			{
				title: 'deletes a record by its name, and that record alone',
				async run() {
					const before = cloudflare.state.changes.length;
					await succeeds(place, ['delete', ZONE, 'TXT', '--name', 'lexicon'], byKey);
					assert.deepEqual(txt(), []);
					assert.equal(cloudflare.state.changes.length, before + 1);
				},
			},
			{
				title: 'fails with a token that may only read, and changes nothing',
				async run() {
					const before = cloudflare.state.changes.length;
					const args = ['create', ZONE, 'TXT', '--name', 'lexicon', '--content', 'third'];
					const credential = ['--auth-token', sandboxCredentials.readOnlyToken];
					const { code } = await lexicon(place, args, credential);
					assert.notEqual(code, 0);
					assert.equal(cloudflare.state.changes.length, before);
				},
			},
			{
				title: 'says that there is no such zone',
				async run() {
					const { code, output } = await lexicon(place, ['list', 'example.edu', 'A']);
					assert.notEqual(code, 0);
					assertSays(output, /No domain found/);
				},
			},
		];
	},
};
