export type { AdAccount, AdAccountConfig, AdAccountsOptions, AdAPI } from './kakao/ads/accounts.js';
export type { AdRequestOptions } from './kakao/ads/request.js';
export type { AdQuery, AdQueryValue } from './kakao/ads/url.js';
export type { CallbackResult } from './kakao/callback.js';
export { type AuthorizationRequest, type CodeExchange, KakaoBusinessClient } from './kakao/client.js';
export {
  ConsentItem,
  type ConsentItemDescription,
  type ConsentItemID,
  consentItems,
  type KoreanAndEnglish,
  parseScope,
  toScope,
} from './kakao/consent-items.js';
export {
  type KakaoBusinessEndpoint,
  type KakaoBusinessEndpointOptions,
  type KakaoBusinessEndpoints,
  kakaoBusinessEndpoints,
} from './kakao/endpoints.js';
export {
  type AnyKakaoBusinessError,
  KakaoBusinessApiError,
  type KakaoBusinessApiErrorDetails,
  KakaoBusinessError,
  type KakaoBusinessErrorDetails,
  KakaoBusinessNetworkError,
  KakaoBusinessResponseError,
} from './kakao/errors.js';
export type { KakaoBusinessRequestMessage } from './kakao/http/diagnostics.js';
export type {
  KakaoBusinessAgent,
  KakaoBusinessFetch,
  KakaoBusinessFetchResponse,
} from './kakao/http/fetch.js';
export type { JSONObject } from './kakao/json.js';
export type { KakaoBusinessMethod } from './kakao/method.js';
export type { KakaoBusinessClientOptions } from './kakao/options.js';
export type { KakaoBusinessAgreement, KakaoBusinessProfile } from './kakao/profile.js';
export type { BizAgreement, TokenInfo, TokenResponse, UserInfo } from './kakao/responses.js';
export type {
  AuthorizationParams,
  KakaoBusinessAuthenticateOptions,
} from './strategy/authenticate-options.js';
export type { KakaoBusinessChallenge } from './strategy/callback.js';
export type {
  KakaoBusinessStrategyOptions,
  KakaoBusinessStrategyOptionsWithParams,
  KakaoBusinessStrategyOptionsWithRequest,
  KakaoBusinessStrategyOptionsWithRequestAndParams,
} from './strategy/options.js';
export { SignedCookieStore, type SignedCookieStoreOptions } from './strategy/state/cookie.js';
export type {
  KakaoBusinessRequest,
  KakaoBusinessStateStore,
  PendingLogin,
  StateFailure,
  StateStoreCallback,
  StateStoreMetadata,
  StateVerifyCallback,
} from './strategy/state/store.js';
export {
  KakaoBusinessStrategy,
  KakaoBusinessStrategy as Strategy,
} from './strategy/strategy.js';
export type {
  KakaoBusinessVerified,
  KakaoBusinessVerify,
  KakaoBusinessVerifyResult,
  KakaoBusinessVerifyWithParams,
  KakaoBusinessVerifyWithRequest,
  KakaoBusinessVerifyWithRequestAndParams,
} from './strategy/verify.js';
