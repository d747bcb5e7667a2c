import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, toAnswer, toReturn, troubleOf } from './answer.js';
import type { Case, Decision, Expectation, Situation, Step } from './case.js';
import { contract } from './contract.js';
import { type Finding, notSettled } from './finding.js';
import type { App, KakaoRequest } from './requests.js';
import type { Secrets } from './secrets.js';

/** Who and what a run needs beside Kakao. */
export interface Surroundings {
  /** Opens an address in a browser and decides there. Gives where the browser ended, or nothing when nobody came. */
  decide(decision: Decision, address: URL): Promise<URL | undefined>;
  /** Is told what is asked next. */
  onCase?(title: string): void;
  /** Milliseconds between two requests. */
  pause: number;
  /** Learns all that must not be printed. */
  secrets: Secrets;
}

/** What came of one expectation. */
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

/** Asks Kakao everything in the contract, one after the other. */
export async function runContract(app: App, surroundings: Surroundings): Promise<Run> {
  surroundings.secrets.learn(app.clientSecret);
  let situation: Situation = { app, state: randomBytes(12).toString('hex') };
  const judgements: Judgement[] = [];
  for (const each of contract) {
    const step = each.step(situation);
    if (!('skipped' in step)) surroundings.onCase?.(each.title);
    const outcome = await take(step, surroundings);
    const obstacle = 'answer' in outcome ? each.stop?.(outcome.answer) : undefined;
    if (obstacle !== undefined) return { judgements, stopped: `${each.title}: ${obstacle}` };
    judgements.push(
      ...each.expectations.map(expectation => ({
        case: each,
        expectation,
        finding:
          'answer' in outcome ? judge(expectation, outcome.answer, situation) : notSettled(outcome.skipped),
      })),
    );
    if ('answer' in outcome) situation = { ...situation, ...each.learn?.(outcome.answer) };
    surroundings.secrets.learn(situation.code, situation.token);
  }
  return { judgements };
}

type Outcome = { answer: Answer } | { skipped: string };

async function take(step: Step, surroundings: Surroundings): Promise<Outcome> {
  if ('skipped' in step) return step;
  if ('answered' in step) return { answer: step.answered };
  if ('consent' in step) {
    const returned = await surroundings.decide(step.consent, step.at.url);
    return returned ? { answer: toReturn(returned) } : { skipped: 'nobody answered the consent screen' };
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
      // Where Kakao redirects to is part of its answer; and a form that is followed carries its secret along.
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    if (headers['authorization'] !== undefined) secrets.learnFrom(text);
    return { answer: toAnswer(response.status, response.headers, text) };
  } catch (error) {
    return { skipped: `no answer: ${reasonOf(error)}` };
  }
}

/** Milliseconds for one request. */
const patience = 10_000;

// Only the code or the name: a message may hold the address, or more.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}

function judge(expectation: Expectation, answer: Answer, situation: Situation): Finding {
  const trouble = troubleOf(answer);
  return trouble === undefined ? expectation.look(answer, situation) : notSettled(trouble);
}
