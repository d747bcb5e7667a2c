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
  preconnect: false, // nock sees requests only, not the connections before them
} as const satisfies KakaoBusinessStrategyOptions;

/** The user of a default `verify`, for tests of other subjects. */
export const USER = { id: 'user-1' };

/** A strategy that accepts every user by default. */
export const createStrategy = (
  options: Partial<KakaoBusinessStrategyOptions> = {},
  verify: KakaoBusinessVerify = async () => USER,
): KakaoBusinessStrategy => new KakaoBusinessStrategy({ ...OPTIONS, ...options }, verify);
