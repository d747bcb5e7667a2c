import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { KakaoBusinessEmulator } from '../../lib/emulator/index.js';

interface Operation {
  responses: Record<string, { $ref?: string; content?: Content }>;
  requestBody?: { content: Content };
}

type Content = Record<string, unknown>;

type Method = 'get' | 'post' | 'patch' | 'delete';

/** The description of the control API that users read. */
export const openAPI: {
  paths: Record<string, Record<Method, Operation>>;
  components: { responses: Record<string, { content?: Content }> };
} = JSON.parse(readFileSync('docs/emulator.openapi.json', 'utf8'));

const METHODS: readonly Method[] = ['get', 'post', 'patch', 'delete'];

/** The described operations, such as `GET /emulator/users/{id}`. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries(openAPI.paths).flatMap(([path, item]) =>
    METHODS.filter(method => item[method]).map((method): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      item[method],
    ]),
  ),
);

// OpenAPI has keywords and formats of its own.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(openAPI, 'openapi');

/** The validator of the schema at a JSON pointer of the description. */
function validatorAt(...names: string[]): ValidateFunction | undefined {
  const pointer = names.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return ajv.getSchema(`openapi#${encodeURI(pointer)}`);
}

/** A response of the control API. */
export interface ControlResponse {
  status: number;
  /** Undefined without JSON. */
  json: unknown;
}

/** Calls the control API, and checks the request and the response against the description. */
export async function control(
  emulator: KakaoBusinessEmulator,
  method: string,
  path: string,
  body?: unknown,
): Promise<ControlResponse> {
  const response = await fetch(new URL(path, emulator.endpoints.tokenURL), {
    method,
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  const text = await response.text();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  const name = operationAt(method, path);
  // A path or method that is not described is rejected.
  if (name) {
    const sent = typeof body === 'string' && response.ok ? JSON.parse(body) : body;
    expectDescribed(name, response.status, sent, json);
  }
  return { status: response.status, json };
}

function operationAt(method: string, path: string): string | undefined {
  const [pathname = ''] = path.split('?');
  return [...operations.keys()].find(name => {
    const [verb, pattern = ''] = name.split(' ');
    return verb === method && new RegExp(`^${pattern.replace(/\{[^}]*\}/, '[^/]+')}$`).test(pathname);
  });
}

function expectDescribed(name: string, status: number, body: unknown, json: unknown): void {
  const [verb = '', path = ''] = name.split(' ');
  const operation = operations.get(name);
  const described = operation?.responses[status];
  expect(described, `${name} has a response ${status}`).to.be.an('object');
  const at = ['paths', path, verb.toLowerCase()];
  const shared = described?.$ref?.split('/').at(-1);
  const place = shared ? ['components', 'responses', shared] : [...at, 'responses', `${status}`];
  const content = shared ? openAPI.components.responses[shared]?.content : described?.content;
  if (content) expectValid(validatorAt(...place, 'content', 'application/json', 'schema'), json);
  else expect(json).to.equal(undefined);
  if (operation?.requestBody && status < 300 && body !== undefined) {
    expectValid(validatorAt(...at, 'requestBody', 'content', 'application/json', 'schema'), body);
  }
}

function expectValid(validate: ValidateFunction | undefined, value: unknown): void {
  expect(validate, 'a schema').to.be.a('function');
  validate?.(value);
  expect(validate?.errors ?? [], JSON.stringify(value)).to.deep.equal([]);
}

/** Whether a body is valid by the description of an operation. */
export function isValidBody(name: string, body: unknown): boolean {
  const [verb = '', path = ''] = name.split(' ');
  const place = ['paths', path, verb.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
  return validatorAt(...place)?.(body) === true;
}
