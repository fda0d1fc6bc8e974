import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../support/engine/index.cjs';

const file = join(projectRoot, 'test', 'conformance', 'types.cts');
const config = join(projectRoot, 'tsconfig.dev.json');

/** What the compiler says of types.cts, with this text in it. */
function complaints(text: string): string[] {
	const { config: found } = ts.readConfigFile(config, ts.sys.readFile) as { config: object };
	const { options } = ts.parseJsonConfigFileContent({ ...found, include: [] }, ts.sys, projectRoot, undefined, config); // prettier-ignore
	const host = ts.createCompilerHost(options);
	const readFile = host.readFile.bind(host);
	host.readFile = (name) => (name === file ? text : readFile(name));
	const program = ts.createProgram([file], options, host);
	return [
		...program.getOptionsDiagnostics(),
		...program.getSyntacticDiagnostics(program.getSourceFile(file)),
		...program.getSemanticDiagnostics(program.getSourceFile(file)),
	].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const text = readFileSync(file, 'utf8');

test("what our nodes read and write fits the SDK's types", () => {
	expect(complaints(text)).toEqual([]);
}, 120_000);

test.each([
	['a field that the SDK does not know', 'Reads<Zone, SdkZone>', 'Reads<Zone & { x: 1 }, SdkZone>'],
	['a field that is named without need', 'Reads<Zone, SdkZone>', "Reads<Zone, SdkZone, 'name'>"],
	['a value that the SDK does not take', 'Same<Target, SdkTarget>', "Same<Target | 'x', SdkTarget>"],
])('%s is noticed', (_what, as, instead) => {
	expect(text).toContain(as);
	expect(complaints(text.replace(as, instead))).toEqual([expect.stringMatching(/does not satisfy/)]);
}, 120_000); // prettier-ignore
