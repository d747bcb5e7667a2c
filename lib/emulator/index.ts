export { type KakaoBusinessEmulator, startKakaoBusinessEmulator } from './emulator.js';
export type { ConsentChoice } from './endpoints/choice.js';
export type {
  AdErrorCode,
  AuthorizeErrorCode,
  EmulatedErrorCode,
  KapiErrorCode,
  KauthErrorCode,
} from './errors/codes.js';
export type { EmulatedFault } from './faults/kinds.js';
export type { JSONValue } from './http/json.js';
export type { ConsentOutcome } from './http/response.js';
export type {
  AdAccountConfig,
  EmulatedAdAccount,
  EmulatedApp,
  EmulatedAppOptions,
  EmulatedQuota,
  EmulatedUser,
} from './model.js';
export type { KakaoBusinessEmulatorOptions } from './options.js';
export type { AdAPI, AuthenticationEndpoint, EmulatedEndpoint, EmulatorEndpoints } from './paths.js';
export type { RecordedRequest } from './request-log.js';
export type {
  EmulatedStub,
  StubAnswer,
  StubFunction,
  StubMethod,
  StubRequest,
  StubResponse,
} from './stubs.js';
