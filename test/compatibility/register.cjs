// For the processes that some tests start: node --require register.cjs
const Module = require('node:module');
const { dirname } = require('node:path');
const { lookFrom } = require('./redirect.cjs');

const find = Module._resolveFilename;
Module._resolveFilename = function (request, parent, isMain, options) {
	const folder = lookFrom(request, parent?.filename && dirname(parent.filename));
	return find.call(
		this,
		request,
		parent,
		isMain,
		folder ? { ...options, paths: [folder] } : options,
	);
};
