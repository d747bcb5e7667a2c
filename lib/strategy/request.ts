import type { Strategy as OAuth2Strategy } from 'passport-oauth2';

/** The request as Passport hands it on: Express's, or what other frameworks make look like it. */
export type KakaoBusinessRequest = Parameters<OAuth2Strategy['authenticate']>[0];
