export { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from './emulator.js';
export type { EmulatedFault } from './faults.js';
export type { JSONValue } from './json.js';
export type { EmulatedApp, EmulatedAppOptions, KakaoBusinessEmulatorOptions } from './options.js';
export type { RecordedRequest } from './records.js';
export type { EmulatedEndpoint, EmulatorEndpoints } from './routes.js';
export type { EmulatedAdAccount, EmulatedUser } from './users.js';
