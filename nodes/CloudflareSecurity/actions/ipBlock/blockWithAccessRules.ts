import type { Job, Outcomes } from './job';

export async function blockWithAccessRules({ wishes }: Job): Promise<Outcomes> {
	return new Map(wishes.map((wish) => [wish, { error: new Error('not built yet') }]));
}
