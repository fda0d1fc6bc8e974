export { addToken, type TokenRights } from './addToken.cjs';
export { createCloudflare, type Cloudflare, type CloudflareOptions } from './cloudflare.cjs';
export { sandboxCredentials, type Credential } from './credentials.cjs';
export { seedIds } from './seed/seedIds.cjs';
export { isCut } from './cut.cjs';
export { wouldBlock, type SandboxRequest, type Verdict } from './evaluator.cjs';
export type { Fault, Faults } from './faults.cjs';
export type { State } from './state.cjs';
export type { Change, RecordedCall } from './types.cjs';
