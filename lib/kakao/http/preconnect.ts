import type { KakaoBusinessEndpoints } from '../endpoints.js';
import { httpsAgent, proxyEnv } from './agents.js';
import type { Transport } from './fetch.js';

/** Opens the connections of a login before they are needed. */
export interface Preconnect {
  /** For the whole login. */
  login(): void;
  /** For the profile requests only. */
  profile(): void;
}

/**
 * Returns functions that preconnect: to the token endpoint, and to both profile endpoints, which are requested at once.
 */
export function createPreconnect(
  { tokenURL, tokenInfoURL, userInfoURL }: KakaoBusinessEndpoints,
  transport: Transport,
  { withProfile }: { withProfile: boolean },
): Preconnect {
  const profile = withProfile ? [tokenInfoURL, userInfoURL] : [];
  return {
    login: preconnectTo([tokenURL, ...profile], transport),
    profile: preconnectTo(profile, transport),
  };
}

/** Returns a function that opens a connection for each URL, or does nothing where no request would use it. */
function preconnectTo(urls: readonly string[], { agent, fetch }: Transport): () => void {
  // Plain http is loopback, where a connection takes no time.
  const origins = urls.map(url => new URL(url).origin).filter(origin => origin.startsWith('https:'));
  const needed = [...new Set(origins)].map(origin => ({
    destination: httpsAgent.destinationOf(new URL(origin)),
    count: origins.filter(other => other === origin).length,
  }));
  if (agent ?? fetch ?? proxyEnv ?? process.versions['bun']) return () => {};
  return () => {
    if (isIntercepted()) return;
    try {
      for (const { destination, count } of needed) httpsAgent.preconnect(destination, count);
    } catch {
      // The requests will open their own connections, and report the error.
    }
  };
}

// What nock (from 14 on) and msw leave on globalThis. nock 15 breaks a connection that is opened before its request;
// the others let it through. Comparing Node's functions would not do, since tracers replace them too.
const INTERCEPTORS = [Symbol.for('client-request-interceptor'), '__MSW_INTERCEPTORS_REGISTRY'];
const isIntercepted = (): boolean => INTERCEPTORS.some(name => name in globalThis);
