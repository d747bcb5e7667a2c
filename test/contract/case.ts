import { type Answer, codesIn, described } from './answer.js';
import type { AssumptionID } from './assumptions.js';
import { confirmed, type Finding, refuted } from './finding.js';
import type { App, KakaoRequest } from './requests.js';

/** A request, and what is expected of the answer. */
export interface Case {
  title: string;
  step: (situation: Situation) => Step;
  /** Why there is no point in going on: the app itself is not set up as this run needs it. */
  stop?: (answer: Answer) => string | undefined;
  /** What later cases need to know of the answer. */
  learn?: (answer: Answer) => Partial<Situation>;
  expectations: readonly Expectation[];
}

/** How a case comes by its answer. */
export type Step =
  | { send: KakaoRequest }
  /** Somebody opens the request in a browser and decides. */
  | { consent: Decision; at: KakaoRequest }
  /** It is there already. */
  | { answered: Answer }
  | { skipped: string };

export type Decision = 'agree' | 'cancel';

/** What a run knows by now. */
export interface Situation {
  app: App;
  state: string;
  /** The last authorization code. */
  code?: string | undefined;
  /** How the browser came back with it. */
  agreed?: Answer;
  token?: string;
  tokenAnswer?: Answer;
}

/**
 * How well a fact is known: from Kakao's documentation, from real answers that others recorded, or from hearsay and reasoning,
 * which makes it an assumption of the code.
 */
export type Expectation = {
  that: string;
  look: (answer: Answer, situation: Situation) => Finding;
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

/** Confirms an answer that is as expected, and refutes any other. */
export const is =
  (asExpected: (answer: Answer, situation: Situation) => boolean): Look =>
  (answer, situation) =>
    asExpected(answer, situation) ? confirmed(described(answer)) : refuted(described(answer));

/** Whether the answer of an API has this code of Kakao's, and no other. */
export const hasCode = (code: string): Look => is(answer => codesIn(answer).join() === code);

/** Sends a request that takes the token, once there is one. */
export const withToken =
  (toRequest: (app: App, token: string) => KakaoRequest) =>
  ({ app, token }: Situation): Step =>
    token === undefined ? { skipped: 'there is no token' } : { send: toRequest(app, token) };
