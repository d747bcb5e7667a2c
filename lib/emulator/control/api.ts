import type { EmulatorContext } from '../context.js';
import { isJSONObject, isTooDeep, type JSONObject, optionalJSON } from '../http/json.js';
import { type HttpRequest, hasJSONBody } from '../http/request.js';
import { HttpError, type HttpResponse, jsonResponse, seeOther } from '../http/response.js';
import { InvalidMember } from '../invalid-member.js';
import { panelURL, showPanel } from '../panel/page.js';
import { HEALTH_PATH, RESET_PATH } from '../paths.js';
import { APP_ROUTES } from './apps.js';
import { CLOCK_ROUTES } from './clock.js';
import { FAULT_ROUTES } from './faults.js';
import { REQUEST_ROUTES } from './requests.js';
import { ControlError, type ControlRoute, doing } from './route.js';
import { STUB_ROUTES } from './stubs.js';
import { USER_ROUTES } from './users.js';

/** All routes but those of `approve` and `cancel`, which are requests to `authorize`. */
export const CONTROL_ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: HEALTH_PATH, handle: () => ({ status: 'ok' }) },
  { method: 'POST', path: RESET_PATH, section: 'requests', handle: doing(({ reset }) => reset()) },
  ...REQUEST_ROUTES,
  ...FAULT_ROUTES,
  ...STUB_ROUTES,
  ...CLOCK_ROUTES,
  ...APP_ROUTES,
  ...USER_ROUTES,
];

/** Responds to a call of the control API: to JSON with JSON, to a form of the panel with the panel. */
export function handleControl(request: HttpRequest, context: EmulatorContext): HttpResponse {
  try {
    return respond(request, context);
  } catch (error) {
    if (error instanceof HttpError) return controlError(error.status, error.message, error.headers);
    if (error instanceof InvalidMember) return controlError(422, error.reason, {}, error.member);
    throw error;
  }
}

/** An error response of the control API, with the member of the body that is wrong. */
export function controlError(
  status: number,
  message: string,
  headers: Record<string, string> = {},
  member?: string,
): HttpResponse {
  return jsonResponse(status, { message, member }, { headers, reason: message });
}

function respond(request: HttpRequest, context: EmulatorContext): HttpResponse {
  const { route, parameter } = findRoute(request);
  const { form, query } = request;
  // Without a content type, `curl -d` sends JSON as a form.
  const isJSONAsForm = route.fromForm !== undefined && request.body.startsWith('{');
  if (form && route.section !== undefined && !isJSONAsForm) return submitForm(route, form, request, context);
  const body = readBody(request);
  const result = route.handle({ parameter, query, body }, context);
  if (result === undefined) return { status: 204, headers: { 'cache-control': 'no-store' }, body: '' };
  return jsonResponse(route.status ?? 200, result);
}

function submitForm(
  { section, fromForm, handle }: ControlRoute,
  form: URLSearchParams,
  request: HttpRequest,
  context: EmulatorContext,
): HttpResponse {
  try {
    const body = fromForm?.(form) ?? {};
    handle({ parameter: '', query: request.query, body }, context);
  } catch (error) {
    if (error instanceof InvalidMember) return showPanel(request, context, error.reason);
    throw error;
  }
  return seeOther(panelURL(request, section));
}

function findRoute({ method, path }: HttpRequest): { route: ControlRoute; parameter: string } {
  const found = CONTROL_ROUTES.flatMap(route => {
    const parameter = matchPath(route.path, path);
    return parameter === undefined ? [] : [{ route, parameter }];
  });
  const match = found.find(({ route }) => route.method === method);
  if (match) return match;
  if (found.length === 0)
    throw new ControlError(404, 'The Kakao Business emulator has nothing at this path.');
  const allowed = found.map(({ route }) => route.method).join(', ');
  throw Object.assign(new ControlError(405, `This path takes ${allowed} only.`), {
    headers: { allow: allowed },
  });
}

/** The parameter of a path that matches; empty for a path without one. */
function matchPath(pattern: string, path: string): string | undefined {
  const [start = '', parameter] = pattern.split('{');
  if (parameter === undefined) return path === pattern ? '' : undefined;
  const rest = path.startsWith(start) ? path.slice(start.length) : '';
  return rest === '' || rest.includes('/') ? undefined : decode(rest);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function readBody(request: HttpRequest): JSONObject {
  const { form, body, hasOtherBody, tooLarge } = request;
  if (tooLarge) throw new ControlError(413, 'The body of the request is too large.');
  if (form?.size || (hasOtherBody && !hasJSONBody(request))) {
    throw new ControlError(415, 'The body must be JSON, with Content-Type: application/json.');
  }
  if (form || body === '') return {};
  const value = optionalJSON(body);
  if (!isJSONObject(value)) throw new ControlError(400, 'The body must be a JSON object.');
  if (isTooDeep(value)) throw new ControlError(400, 'The body is nested too deeply.');
  return value;
}
