// npm run build: compiles credentials and nodes, and adds icons, codex files and previews.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, recordBuild, runBin, sourceHash, stepLogger } from './lib/project.mjs';

const log = stepLogger();
const dist = join(projectRoot, 'dist');
// Built beside and then swapped in, so that a test or an n8n that is reading dist meets a whole package.
const fresh = join(projectRoot, 'node_modules', '.cache', `dist-${process.pid}`);

function swapIn() {
	const old = `${fresh}-old`;
	for (let attempt = 1; ; attempt++) {
		try {
			if (existsSync(dist)) renameSync(dist, old);
			renameSync(fresh, dist);
			break;
		} catch (error) {
			// Another build may have put its own in place between the two lines.
			if (attempt === 5) throw error;
			rmSync(old, { recursive: true, force: true });
		}
	}
	rmSync(old, { recursive: true, force: true });
}

try {
	log.step('Compiling');
	// Taken first: what is edited while the compiler runs must count as not built.
	const hash = sourceHash();
	await runBin('typescript', 'tsc', ['-p', 'tsconfig.json', '--outDir', fresh], { quiet: true });
	log.step('Copying icons, codex files and previews');
	await runBin('gulp', 'gulp', ['--silent'], {
		quiet: true,
		env: { ...process.env, BUILD_FOLDER: fresh },
	});
	swapIn();
	recordBuild(hash);
	log.done('Built dist');
} catch (error) {
	log.fail('The build did not succeed; dist is as it was');
	console.error(error.message);
	process.exitCode = 1;
} finally {
	rmSync(fresh, { recursive: true, force: true });
}
