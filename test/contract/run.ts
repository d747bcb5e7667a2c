import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Case, Decision, Expectation, Situation, Step } from './case.js';
import { contract } from './contract.js';
import { type Finding, notSettled } from './finding.js';
import { type App, type KakaoRequest, revokeRequest } from './requests.js';
import { type KakaoResponse, toResponse, toReturn, troubleOf } from './response.js';
import type { Secrets } from './secrets.js';

/** What a run needs besides Kakao. */
export interface Surroundings {
  /** Decides on the consent screen at an address. Returns the redirect URL, or undefined when nobody decided. */
  decide(decision: Decision, address: URL): Promise<URL | undefined>;
  /** Called before each case that is not skipped. */
  onCase?(title: string): void;
  /** Called for each expectation of such a case. */
  onJudgement?(judgement: Judgement): void;
  /** The time (ms) between two requests. */
  pause: number;
  /** Collects what must not be printed. */
  secrets: Secrets;
}

/** The finding about one expectation. */
export interface Judgement {
  case: Case;
  expectation: Expectation;
  finding: Finding;
}

export interface Run {
  judgements: readonly Judgement[];
  /** Why it ended early. */
  stopped?: string;
}

/** Sends the requests of the contract to Kakao, one after the other. */
export async function runContract(app: App, surroundings: Surroundings): Promise<Run> {
  surroundings.secrets.learn(app.clientSecret, app.loginSecret);
  let situation: Situation = { app, state: randomBytes(12).toString('hex') };
  const judgements: Judgement[] = [];
  const reached = new Set<string>();
  for (const each of contract) {
    const step = each.step(situation);
    if (!('skipped' in step)) surroundings.onCase?.(each.title);
    const outcome = await take(step, surroundings, reached);
    const obstacle = 'response' in outcome ? each.stop?.(outcome.response) : outcome.unreachable;
    if (obstacle !== undefined) {
      const leftover = await revokeLeftToken(situation, surroundings, reached);
      return { judgements, stopped: `${each.title}: ${obstacle}${leftover}` };
    }
    const learned = 'response' in outcome ? each.learn?.(outcome.response) : undefined;
    surroundings.secrets.learn(learned?.code, learned?.token); // before anything is printed
    for (const expectation of each.expectations) {
      const finding =
        'response' in outcome ? judge(expectation, outcome.response, situation) : notSettled(outcome.skipped);
      const judgement = { case: each, expectation, finding };
      judgements.push(judgement);
      if (!('skipped' in step)) surroundings.onJudgement?.(judgement);
    }
    situation = { ...situation, ...learned };
  }
  return { judgements };
}

type Outcome =
  | { response: KakaoResponse }
  | {
      skipped: string;
      /** Why the run cannot continue: a host cannot be reached. */
      unreachable?: string;
    };

/** @param reached the hosts that have responded. */
async function take(step: Step, surroundings: Surroundings, reached: Set<string>): Promise<Outcome> {
  if ('skipped' in step) return step;
  if ('received' in step) return { response: step.received };
  if ('consent' in step) {
    const returned = await surroundings.decide(step.consent, step.at.url);
    return returned ? { response: toReturn(returned) } : { skipped: 'no decision on the consent screen' };
  }
  await sleep(surroundings.pause);
  return send(step.send, surroundings.secrets, reached);
}

async function send(
  { url, method, headers, body }: KakaoRequest,
  secrets: Secrets,
  reached: Set<string>,
): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      // The redirect is part of the response; and following it would send the client secret along.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    reached.add(url.host);
    const text = await response.text();
    if (headers['authorization'] !== undefined) secrets.learnFrom(text);
    return { response: toResponse(response.status, response.headers, text) };
  } catch (error) {
    const reason = reasonOf(error);
    const skipped = `no response: ${reason}`;
    if (reached.has(url.host) && LOST.includes(reason)) return { skipped };
    return { skipped, unreachable: `${url.host} cannot be reached (${reason}).` };
  }
}

/** How one request can fail at a host that can be reached: by a closed connection, or by the time limit. */
const LOST = ['UND_ERR_SOCKET', 'ECONNRESET', 'TimeoutError'];

/** Revokes the token of a run that ends early. @returns what to tell about it. */
async function revokeLeftToken(
  { app, token, isRevoked }: Situation,
  { secrets }: Surroundings,
  reached: Set<string>,
): Promise<string> {
  if (token === undefined || isRevoked) return '';
  const outcome = await send(revokeRequest(app, token), secrets, reached);
  const isDone = 'response' in outcome && outcome.response.status < 300;
  return isDone ? ' The token was revoked.' : ' The token was not revoked.';
}

/** The time limit (ms) for one request. */
const TIMEOUT = 10_000;

// Only the code or the name: the message may contain the URL.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}

function judge(expectation: Expectation, response: KakaoResponse, situation: Situation): Finding {
  const trouble = troubleOf(response);
  return trouble === undefined ? expectation.look(response, situation) : notSettled(trouble);
}
