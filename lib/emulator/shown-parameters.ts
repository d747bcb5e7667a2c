import type { EmulatedApp } from './model.js';

/** What stands in the place of what might be a secret. */
export const mask = '***';

// What Kakao documents and is no secret. Anything else may be one, under whatever name it was sent.
const documented = ['redirect_uri', 'response_type', 'grant_type', 'scope', 'state', 'resource_ids'];

/** The parameters of a request as they may be shown and kept. An empty value stays empty. */
export function toShownParameters(
  parameters: URLSearchParams,
  apps: readonly EmulatedApp[],
): URLSearchParams {
  const shown = new URLSearchParams();
  for (const [name, value] of parameters) {
    const isShown = value === '' || documented.includes(name) || isKey(name, value, apps);
    shown.append(toShownName(name), isShown ? value : mask);
  }
  return shown;
}

/** The name of a parameter, unless it is no name: JSON that is sent as a form is a name with a secret in it. */
export function toShownName(name: string): string {
  return name.length <= 30 && /^[a-z]+(?:_[a-z]+|[A-Z][a-z]+)*(?:\[\])?$/.test(name) ? name : mask;
}

// Not any client_id: a secret is easily sent in the place of the key.
function isKey(name: string, value: string, apps: readonly EmulatedApp[]): boolean {
  return name === 'client_id' && apps.some(({ clientID }) => clientID === value);
}
