// Which browser the tests of the editor and the pictures use: one that is on the machine already.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const USUAL_PLACES = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const isProgram = (file) => {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
};

/** What to tell who has none. */
export const HOW_TO_INSTALL_CHROMIUM =
	'Install it, e.g. on Debian: sudo apt-get install --no-install-recommends chromium — on macOS: brew install --cask google-chrome — or set CHROMIUM_PATH to the program of a Chromium or Chrome';

/**
 * @returns {string | undefined} the path of a Chromium or Chrome
 * @throws {Error} with `whatToDo`, when CHROMIUM_PATH names none
 */
export function findChromium() {
	const { CHROMIUM_PATH: chosen, PATH: path = '' } = process.env;
	if (chosen) {
		if (isProgram(chosen)) return chosen;
		throw Object.assign(new Error(`CHROMIUM_PATH is ${chosen}, and that is no program`), {
			whatToDo: HOW_TO_INSTALL_CHROMIUM,
		});
	}
	const folders = path.split(delimiter).filter(Boolean);
	const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...onPath, ...USUAL_PLACES].find(isProgram);
}
