import { type JSONObject, type JSONValue, parseJSON } from '../http/json.js';
import { invalid, requireKnown } from '../invalid-member.js';
import { CLEAR_STUBS_PATH, STUBS_PATH } from '../paths.js';
import { isStubMethod, STUB_METHODS } from '../stubs.js';
import { type ControlRoute, doing } from './route.js';

const SECTION = 'stubs';

/** The stubs of the ad APIs. */
export const STUB_ROUTES: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: STUBS_PATH,
    section: SECTION,
    fromForm: readForm,
    handle({ body }, { state }) {
      requireKnown(Object.keys(body), ['method', 'path', 'answer']);
      const { method = 'GET', path = '', answer } = body;
      if (typeof method !== 'string' || !isStubMethod(method)) {
        throw invalid('method', `method must be one of ${STUB_METHODS.join(', ')}`);
      }
      // The stub checks the path, whatever its type.
      state.stubs.add({ method, path: typeof path === 'string' ? path : '', answer });
      return undefined;
    },
  },
  {
    method: 'POST',
    path: CLEAR_STUBS_PATH,
    section: SECTION,
    handle: doing(({ state }) => state.stubs.clear()),
  },
];

/** The field `answer` is JSON; an empty one stands for an empty body. */
function readForm(form: URLSearchParams): JSONObject {
  requireKnown(form.keys(), ['method', 'path', 'answer']);
  const text = form.get('answer') ?? '';
  return {
    method: form.get('method') || 'GET',
    path: form.get('path') ?? '',
    answer: text.trim() === '' ? undefined : readAnswer(text),
  };
}

function readAnswer(text: string): JSONValue {
  try {
    return parseJSON(text);
  } catch {
    throw invalid('answer', 'answer must be JSON');
  }
}
