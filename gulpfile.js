// Copies what tsc leaves out: icons, codex files and output previews. BUILD_FOLDER is set by scripts/build.mjs.
const { dest, src } = require('gulp');

exports.default = () =>
	// Without encoding: false gulp would read binary files as text.
	src(['icons/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
		allowEmpty: true,
	}).pipe(dest(process.env.BUILD_FOLDER ?? 'dist'));
