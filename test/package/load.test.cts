/** The unpacked package in n8n's own loader. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeType, Icon } from 'n8n-workflow';
import { loadPackage } from '../support/engine/index.cjs';
import { packAndUnpack } from './packed.cjs';

const { folder } = packAndUnpack();
const prefix = 'icons/n8n-nodes-cloudflare-security/';

/** n8n turns `icon` into the addresses under which it serves the files. */
function expectIcons({ icon, iconUrl }: { icon?: Icon; iconUrl?: unknown }): void {
	expect(icon).toBeUndefined();
	const { light, dark } = iconUrl as { light: string; dark: string };
	expect(light).not.toBe(dark);
	for (const url of [light, dark]) {
		expect(url.startsWith(prefix)).toBe(true);
		expect(existsSync(join(folder, url.slice(prefix.length)))).toBe(true);
	}
}

test('n8n loads both credentials, with icons and a test', async () => {
	const { loader } = await loadPackage(folder);
	expect(Object.keys(loader.credentialTypes).sort()).toEqual([
		'cloudflareSecurityGlobalKeyApi',
		'cloudflareSecurityTokenApi',
	]);
	const fields: Record<string, string[]> = {};
	for (const { type } of Object.values(loader.credentialTypes)) {
		expectIcons(type);
		expect(type.test).toBeDefined();
		fields[type.name] = type.properties.map((property) => property.name);
	}
	expect(fields.cloudflareSecurityTokenApi).toEqual(
		expect.arrayContaining(['apiToken', 'ownedBy', 'accountId', 'zoneId']),
	);
	expect(fields.cloudflareSecurityGlobalKeyApi).toEqual(
		expect.arrayContaining(['email', 'apiKey', 'accountId', 'zoneId']),
	);
});

test('n8n loads the action node, with icon, codex and both credentials', async () => {
	const { loader } = await loadPackage(folder);
	const { description } = loader.getNode('cloudflareSecurity').type as INodeType;
	expectIcons(description);
	expect(description).toMatchObject({ displayName: 'Cloudflare Security', usableAsTool: true });
	expect(description.codex?.categories).toEqual(expect.any(Array));
	expect(description.credentials?.map(({ name }) => name).sort()).toEqual([
		'cloudflareSecurityGlobalKeyApi',
		'cloudflareSecurityTokenApi',
	]);
});

test('n8n finds no other node than the two of this package', async () => {
	const { loader } = await loadPackage(folder);
	const known = ['cloudflareSecurity', 'cloudflareSecurityTrigger'];
	expect(Object.keys(loader.nodeTypes).filter((name) => !known.includes(name))).toEqual([]);
});
