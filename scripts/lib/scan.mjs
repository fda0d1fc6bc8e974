// n8n's scanner for community packages, on a folder instead of a published package.
// usage: node scan.mjs FOLDER source|tarball. Exit code 1 and the findings on standard output when it objects.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, kind] = process.argv.slice(2);
// The patterns with which the scanner itself reads a repository and a tarball.
const patterns = kind === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
const { passed, message = '', details = '' } = await analyzePackage(folder, patterns);
// It passes a folder in which it finds nothing to look at.
const looked = !/no files/i.test(message);
if (!passed || !looked) {
	console.log([message, details].join('\n'));
	process.exitCode = 1;
}
