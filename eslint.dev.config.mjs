// For what is not part of the published package: tests, sandbox and benchmarks. The package itself is linted by
// eslint.config.mjs, which must stay n8n's template.
import { createRequire } from 'node:module';

// typescript-eslint comes with n8n's command-line tool; asking for it from there keeps both configurations on one copy.
const require = createRequire(createRequire(import.meta.url).resolve('@n8n/node-cli/eslint'));
const tseslint = require('typescript-eslint');

export default tseslint.config({
	files: ['{sandbox,test,bench}/**/*.cts'],
	extends: [tseslint.configs.recommended],
	rules: {
		'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
	},
});
