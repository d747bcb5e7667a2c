import type { KakaoBusinessEmulator } from '../../lib/emulator/index.js';
import { decide, locationOf, toConsentScreen } from '../emulator/emulator-for-tests.js';
import type { Decision } from './case.js';
import { type App, allAt } from './requests.js';
import { type Run, runContract, type Surroundings } from './run.js';

/**
 * A run of the contract with an emulator.
 *
 * @param origin the origin of a proxy before the emulator, if there is one.
 */
export type Rehearsal = (
  emulator: KakaoBusinessEmulator,
  surroundings: Pick<Surroundings, 'secrets' | 'onCase'>,
  origin?: string,
) => Promise<Run>;

/** Several apps, because no single app allows every case. */
export const rehearsals: readonly Rehearsal[] = [
  (emulator, surroundings, origin) => {
    const app = toApp(emulator, ['biz_account_email', 'moment_management', 'keyword_create'], origin);
    return runContract(app, { ...surroundings, decide: decideOnPage, pause: 0 });
  },
  async (emulator, surroundings, origin) => {
    const { clientSecret } = emulator.app;
    emulator.app.clientSecret = undefined;
    const app = toApp(emulator, ['moment_create', 'keyword_management'], origin);
    const run = await runContract(app, { ...surroundings, decide: decideOnPage, pause: 0 });
    emulator.app.clientSecret = clientSecret;
    return run;
  },
  async (emulator, surroundings, origin) => {
    const [user] = emulator.users;
    const email = user?.email;
    delete user?.email;
    const app = toApp(emulator, ['biz_account_email'], origin);
    const run = await runContract(app, { ...surroundings, decide: decideOnPage, pause: 0 });
    Object.assign(user ?? {}, { email });
    return run;
  },
];

/** Runs the whole contract. */
export const rehearse: Rehearsal = async (...rehearsed) => {
  const judgements = [];
  for (const rehearsal of rehearsals) {
    const run = await rehearsal(...rehearsed);
    judgements.push(...run.judgements);
    if (run.stopped !== undefined) return { judgements, stopped: run.stopped };
  }
  return { judgements };
};

/** The emulator's app, as configured now. */
export function toApp(
  { app, endpoints }: KakaoBusinessEmulator,
  scope: string[],
  origin: string = new URL(endpoints.authorizationURL).origin,
): App {
  const { clientID, clientSecret, redirectURIs } = app;
  return {
    ...allAt(origin),
    clientID,
    clientSecret,
    loginSecret: 'contract-test-login-secret',
    redirectURI: redirectURIs[0] ?? '',
    scope,
  };
}

/** Decides as the emulator's first user, without a browser, and accepts all that is offered. */
export async function decideOnPage(decision: Decision, address: URL): Promise<URL> {
  const screen = await toConsentScreen(await fetch(address));
  return locationOf(await decide(screen, decision));
}
