// For scripts/compatibility.mjs: the engine tests with the n8n-core of another installation.
const base = require('./jest.config.cjs');

const [swc] = Object.values(base.transform);

// ES modules that some versions of n8n-core load by require, which jest cannot on every Node.js that n8n-core can.
const ES_MODULES = 'p-retry|is-network-error|p-queue|p-timeout|uuid|nanoid';

/** @type {import('jest').Config} */
module.exports = {
	...base,
	maxWorkers: '100%',
	testMatch: ['<rootDir>/test/engine/**/*.test.cts', '<rootDir>/test/support/engine/**/*.test.cts'],
	resolver: '<rootDir>/test/compatibility/jestResolver.cjs',
	setupFilesAfterEnv: ['<rootDir>/test/compatibility/loadedVersion.cts'],
	transform: { ...base.transform, [`/node_modules/(${ES_MODULES})/.*\\.js$`]: swc },
	transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES})/)`],
};
