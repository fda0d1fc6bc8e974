// For jest, which does not ask Node.js where a module is.
const { lookFrom } = require('./redirect.cjs');

module.exports = (request, options) =>
	options.defaultResolver(request, {
		...options,
		basedir: lookFrom(request, options.basedir) ?? options.basedir,
	});
