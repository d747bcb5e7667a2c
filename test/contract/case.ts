import type { AssumptionID } from './assumptions.js';
import { confirmed, type Finding, refuted } from './finding.js';
import type { AdAPI, App, KakaoRequest } from './requests.js';
import { codesIn, described, type KakaoResponse } from './response.js';

/** A request, and what its response should be. */
export interface Case {
  title: string;
  step: (situation: Situation) => Step;
  /** Why the run cannot continue: the app is not configured as the run needs it. */
  stop?: (response: KakaoResponse) => string | undefined;
  /** What later cases need from the response. */
  learn?: (response: KakaoResponse) => Partial<Situation>;
  expectations: readonly Expectation[];
}

/** How a case gets its response. */
export type Step =
  | { send: KakaoRequest }
  /** A person opens the request in a browser and decides. */
  | { consent: Decision; at: KakaoRequest }
  /** Received earlier in the run. */
  | { received: KakaoResponse }
  | { skipped: string };

export type Decision = 'agree' | 'cancel';

/** What a run has learned so far. */
export interface Situation {
  app: App;
  state: string;
  /** The last authorization code. */
  code?: string | undefined;
  /** The redirect that carried the code. */
  agreed?: KakaoResponse;
  token?: string;
  tokenResponse?: KakaoResponse;
  /** Whether the token is revoked: by the run, or by Kakao because its code was sent again. */
  isRevoked?: boolean;
  /** An ad account of the user, by API. */
  adAccountIDs?: Readonly<Partial<Record<AdAPI, string>>>;
}

/**
 * How well a fact is known: from Kakao's documentation, from recorded responses, or from reports and inference; the
 * last two make it an assumption of the code.
 */
export type Expectation = {
  that: string;
  look: (response: KakaoResponse, situation: Situation) => Finding;
} & ({ restsOn: 'documented' | 'observed' } | { restsOn: 'reported' | 'inferred'; assumption: AssumptionID });

type Look = Expectation['look'];

export const documented = (that: string, look: Look): Expectation => ({ that, look, restsOn: 'documented' });
export const observed = (that: string, look: Look): Expectation => ({ that, look, restsOn: 'observed' });
export const reported = (assumption: AssumptionID, that: string, look: Look): Expectation => ({
  that,
  look,
  restsOn: 'reported',
  assumption,
});
export const inferred = (assumption: AssumptionID, that: string, look: Look): Expectation => ({
  that,
  look,
  restsOn: 'inferred',
  assumption,
});

/** Confirms an expected response, and refutes any other. */
export const is =
  (asExpected: (response: KakaoResponse, situation: Situation) => boolean): Look =>
  (response, situation) =>
    asExpected(response, situation) ? confirmed(described(response)) : refuted(described(response));

/** Whether an API response has this error code of Kakao, and no other. */
export const hasCode = (code: string): Look => is(response => codesIn(response).join() === code);

/** Sends a request with the token; skipped without one. */
export const withToken =
  (toRequest: (app: App, token: string) => KakaoRequest) =>
  ({ app, token }: Situation): Step =>
    token === undefined ? { skipped: 'there is no token' } : { send: toRequest(app, token) };
