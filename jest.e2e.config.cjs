const base = require('./jest.config.cjs');

const [swc] = Object.values(base.transform);

/** @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/e2e/**/*.test.cts'],
	testPathIgnorePatterns: ['/node_modules/'],
	// Two packages behind mockttp are ES modules only, which jest does not load by require.
	transform: { ...base.transform, '/node_modules/(get-port|milliparsec)/.*\\.js$': swc },
	transformIgnorePatterns: ['/node_modules/(?!(get-port|milliparsec)/)'],
	// A real n8n with a real database: steps take seconds, and minutes on a busy machine.
	testTimeout: 120_000,
};
