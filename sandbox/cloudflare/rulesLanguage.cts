// The rules language, written from Cloudflare's language documentation alone, so that it can judge expressions that
// other code builds. Pure: no state, no clock, no I/O.
export { parse } from './language/parser.cjs';
export { evaluate, type Facts } from './language/evaluate.cjs';
export { ParseError } from './language/parseError.cjs';
export { isList, isLiteralSet } from './language/ast.cjs';
export type { Expression, Literal, Value, Comparison } from './language/ast.cjs';
export type { LanguageOptions } from './language/parser.cjs';
