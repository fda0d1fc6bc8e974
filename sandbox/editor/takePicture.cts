import { join } from 'node:path';
import { sandboxCredentials } from '../cloudflare/index.cjs';
import type { Sandbox } from '../n8n/sandbox.cjs';
import type { Editor } from './editor.cjs';
import { PICTURES, type Studio } from './motifs.cjs';

export const FOLDER = join(__dirname, '..', '..', 'docs', 'pictures');

/** What must be in no picture. */
const secretsOf = ({ n8n }: Sandbox): string[] => [
	n8n.login.password,
	...Object.values(sandboxCredentials).map((each) =>
		typeof each === 'string' ? each : each.apiKey,
	),
];

/** @throws when the page shows a secret: in its text, or in a field that is not masked */
async function checkSecrecy(editor: Editor, secrets: readonly string[]): Promise<void> {
	const shown = await editor.page.evaluate(() => [
		document.body.innerText,
		...[...document.querySelectorAll<HTMLInputElement>('input:not([type=password]), textarea')].map(
			({ value }) => value,
		),
	]);
	if (secrets.some((secret) => shown.some((text) => text.includes(secret))))
		throw new Error('The page shows a secret');
}

/** Takes one picture. @throws when there is a secret in it */
export async function takePicture(studio: Studio, name: string): Promise<void> {
	const { editor } = studio;
	const clip = await PICTURES[name]?.(studio);
	// Messages that come and go by themselves.
	const messages = editor.page.locator('.el-notification');
	while ((await messages.count()) > 0)
		await messages
			.first()
			.locator('.el-notification__closeBtn')
			.click({ timeout: 5000 })
			.catch(() => undefined);
	await checkSecrecy(editor, secretsOf(studio));
	const path = join(FOLDER, `${name}.png`);
	await editor.page.screenshot({
		path,
		animations: 'disabled',
		caret: 'hide',
		...(clip ? { clip } : {}),
	});
	process.stderr.write(`✓ docs/pictures/${name}.png\n`);
}
