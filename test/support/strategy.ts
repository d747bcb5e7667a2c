import {
  KakaoBusinessStrategy,
  type KakaoBusinessStrategyOptions,
  type KakaoBusinessVerify,
} from '../../lib/index.js';
import { CLIENT_SECRET } from './secrets.js';

export const OPTIONS = {
  clientID: 'rest-api-key',
  clientSecret: CLIENT_SECRET,
  callbackURL: 'https://app.example.com/auth/kakao-business/callback',
  preconnect: false, // nock sees requests, and not the connections before them
} as const satisfies KakaoBusinessStrategyOptions;

/** Whoever verify lets in, for tests that are about something else. */
export const USER = { id: 'user-1' };

/** A strategy that lets everybody in. */
export const createStrategy = (
  options: Partial<KakaoBusinessStrategyOptions> = {},
  verify: KakaoBusinessVerify = async () => USER,
): KakaoBusinessStrategy => new KakaoBusinessStrategy({ ...OPTIONS, ...options }, verify);
