import { installLine, type Program } from './program.cjs';

/** One program alone may ask for little: that the stand-in is like Cloudflare takes more than one witness. */
const LEAST = 2;

type Installable = Pick<Program, 'name' | 'packages'>;

/**
 * Says when too few programs did their jobs for the run to prove anything.
 * @param asked whether the user asked for these programs and no others: then any one will do
 * @returns what is wrong and what to do, or nothing
 */
export function tooFew(
	ran: readonly Installable[],
	missing: readonly Installable[],
	asked: boolean,
): { problem: string; whatToDo: string } | undefined {
	const least = asked ? 1 : LEAST;
	if (ran.length >= least) return undefined;
	const whatToDo = installLine(missing.flatMap(({ packages }) => packages));
	if (ran.length === 0) return { problem: 'None of the programs is installed', whatToDo };
	const [{ name }] = ran;
	const problem = `Only ${name} is installed: at least ${least} programs have to do their jobs`;
	return { problem, whatToDo: `${whatToDo}; or --only ${name}` };
}
