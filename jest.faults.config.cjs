const base = require('./jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/faults/**/*.test.cts'],
	testPathIgnorePatterns: ['/node_modules/'],
	maxWorkers: 2,
	// One test is a run of the catalogue with every fault at each of its requests.
	testTimeout: 900_000,
};
