export type { ConsentChoice } from './consent-calls.js';
export { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from './emulator.js';
export type { EmulatedEndpoint, EmulatorEndpoints } from './endpoints.js';
export type { EmulatedFault } from './faults.js';
export type { JSONValue } from './json.js';
export type { EmulatedApp, EmulatedAppOptions, KakaoBusinessEmulatorOptions } from './options.js';
export type { RecordedRequest } from './records.js';
export type { EmulatedAdAccount, EmulatedUser } from './users.js';
