import type { FaultKind } from '../faults/kind.js';
import { FAULT_KINDS } from '../faults/kinds.js';
import type { JSONObject } from '../http/json.js';
import { invalid, requireKnown } from '../invalid-member.js';
import { CLEAR_FAULTS_PATH, ENDPOINT_NAMES, FAULTS_PATH, isEmulatedEndpoint } from '../paths.js';
import { type ControlRoute, doing } from './route.js';

const SECTION = 'faults';

/** The faults that the next requests meet. */
export const FAULT_ROUTES: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: FAULTS_PATH,
    section: SECTION,
    fromForm: readForm,
    handle({ body: { endpoint, ...fault } }, { faults }) {
      if (typeof endpoint !== 'string' || !isEmulatedEndpoint(endpoint)) {
        throw invalid('endpoint', `endpoint must be one of ${ENDPOINT_NAMES.join(', ')}`);
      }
      faults.add(endpoint, fault);
      return undefined;
    },
  },
  {
    method: 'POST',
    path: CLEAR_FAULTS_PATH,
    section: SECTION,
    handle: doing(({ faults }) => faults.clear()),
  },
];

/** The fields are members of the fault; empty ones count as absent. */
function readForm(form: URLSearchParams): JSONObject {
  const kinds = FAULT_KINDS.filter(({ input }) => input);
  requireKnown(form.keys(), ['endpoint', ...kinds.map(({ name }) => name)]);
  const members = kinds.map(kind => [kind.name, readField(kind, form.get(kind.name) ?? '')]);
  return { endpoint: form.get('endpoint') ?? '', ...Object.fromEntries(members) };
}

function readField({ input }: FaultKind, text: string): string | number | true | undefined {
  if (text === '' || (input?.type === 'flag' && text !== 'true')) return undefined;
  if (input?.type === 'flag') return true;
  return input?.type === 'number' ? Number(text) : text;
}
