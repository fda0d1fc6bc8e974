/** What the scripts have put in place before: n8n, the Node.js for it, and a folder for one run. */
export interface Preparation {
	/** n8n's start file. */
	program: string;
	/** The Node.js to start it with. */
	node: string;
	/** Where n8n is kept between runs. */
	cache: string;
	/** For this run alone. */
	runFolder: string;
	/** Our package, packed and unpacked. */
	packageFolder: string;
}

const VARIABLE = 'N8N_SANDBOX_PREPARATION';

/** @throws when the program was not started by one of the project's scripts */
export function readPreparation(): Preparation {
	const text = process.env[VARIABLE];
	if (!text)
		throw new Error(`${VARIABLE} is not set: use npm run demo, npm start or npm run test:e2e`);
	return JSON.parse(text) as Preparation;
}
