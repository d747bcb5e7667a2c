import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Case, Decision, Expectation, Situation, Step } from './case.js';
import { contract } from './contract.js';
import { type Finding, notSettled } from './finding.js';
import type { App, KakaoRequest } from './requests.js';
import { type KakaoResponse, toResponse, toReturn, troubleOf } from './response.js';
import type { Secrets } from './secrets.js';

/** What a run needs besides Kakao. */
export interface Surroundings {
  /** Decides on the consent screen at an address. Returns the redirect URL, or undefined when nobody decided. */
  decide(decision: Decision, address: URL): Promise<URL | undefined>;
  /** Called before each case. */
  onCase?(title: string): void;
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
  surroundings.secrets.learn(app.clientSecret);
  let situation: Situation = { app, state: randomBytes(12).toString('hex') };
  const judgements: Judgement[] = [];
  for (const each of contract) {
    const step = each.step(situation);
    if (!('skipped' in step)) surroundings.onCase?.(each.title);
    const outcome = await take(step, surroundings);
    const obstacle = 'response' in outcome ? each.stop?.(outcome.response) : undefined;
    if (obstacle !== undefined) return { judgements, stopped: `${each.title}: ${obstacle}` };
    judgements.push(
      ...each.expectations.map(expectation => ({
        case: each,
        expectation,
        finding:
          'response' in outcome
            ? judge(expectation, outcome.response, situation)
            : notSettled(outcome.skipped),
      })),
    );
    if ('response' in outcome) situation = { ...situation, ...each.learn?.(outcome.response) };
    surroundings.secrets.learn(situation.code, situation.token);
  }
  return { judgements };
}

type Outcome = { response: KakaoResponse } | { skipped: string };

async function take(step: Step, surroundings: Surroundings): Promise<Outcome> {
  if ('skipped' in step) return step;
  if ('received' in step) return { response: step.received };
  if ('consent' in step) {
    const returned = await surroundings.decide(step.consent, step.at.url);
    return returned ? { response: toReturn(returned) } : { skipped: 'no decision on the consent screen' };
  }
  await sleep(surroundings.pause);
  return send(step.send, surroundings.secrets);
}

async function send({ url, method, headers, body }: KakaoRequest, secrets: Secrets): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      // The redirect is part of the response; and following it would send the client secret along.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const text = await response.text();
    if (headers['authorization'] !== undefined) secrets.learnFrom(text);
    return { response: toResponse(response.status, response.headers, text) };
  } catch (error) {
    return { skipped: `no response: ${reasonOf(error)}` };
  }
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
