// npm test: everything but the end-to-end tests and the long commands of their own. Further arguments go to jest: npm test -- test/unit -t 'expression'
import { runTests } from './lib/runTests.mjs';

console.log(await runTests(process.argv.slice(2)));
