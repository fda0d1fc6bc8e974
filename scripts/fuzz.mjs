// npm run test:fuzz: hostile input and broken answers in large number; npm test tries a few of the same.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './lib/project.mjs';

const HELP = `npm run test:fuzz   put hostile values into every field, and break every answer

Took 17 minutes on two busy cores. What is wrong is printed with the command that repeats it.

  FUZZ_RUNS=N    how many inputs each field and each request gets; 60
  SEED=N         the same inputs as in the run that printed this number
  FUZZ_ONLY=TEXT only fields and requests whose name holds this text
`;

if (process.argv.includes('--help')) {
	process.stdout.write(HELP);
} else {
	const args = [join(projectRoot, 'scripts', 'test.mjs'), 'test/fuzz', '--maxWorkers=2'];
	spawn(process.execPath, [...args, ...process.argv.slice(2)], {
		cwd: projectRoot,
		stdio: 'inherit',
		env: { FUZZ_RUNS: '60', SEED: String(Date.now() % 2 ** 31), ...process.env },
	}).on('close', (code) => {
		process.exitCode = code ?? 1;
	});
}
