import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';
import { type Certificate, problemOf } from '../http/certificate.js';
import { parseJSON } from '../http/json.js';
import { HOST_NAME, isRedirectURI, toHostName } from '../option-checks.js';
import type { KakaoBusinessEmulatorOptions } from '../options.js';

/** A mistake in the command line or in the file, in one sentence. */
export class UsageError extends Error {}

/** A parsed command line, with the contents of its file. */
export interface Command {
  help: boolean;
  version: boolean;
  json: boolean;
  options: KakaoBusinessEmulatorOptions;
  /** Redirect URIs to register with every app. */
  redirectURIs: string[];
  /** Whether to make a certificate. */
  makesCertificate: boolean;
  /** The file of the given certificate, if there is one. */
  certificate: string | undefined;
  /** The file of the options, if there is one. */
  file: string | undefined;
}

/** Fixed, so that apps can have it in their configuration. It spells KAKA on a telephone. */
export const DEFAULT_PORT = 5252;

/** @throws {UsageError} */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parse(args);
  const { help = false, version = false, json = false, https = false, cert, key, host, port } = values;
  const [file, another] = positionals;
  if (another !== undefined)
    throw new UsageError(`Only one file is allowed, not both ${file} and ${another}`);

  const isRun = !help && !version;
  const options = file === undefined || !isRun ? {} : readOptions(file);
  const given = isRun ? readCertificate(https, cert, key) : undefined;
  const names = (values['allowed-host'] ?? []).map(toAllowedHost);
  return {
    help,
    version,
    json,
    options: {
      ...options,
      host: host === undefined ? options.host : toHost(host),
      port: port === undefined ? (options.port ?? DEFAULT_PORT) : toPort(port),
      https: given ?? options.https,
      allowedHosts: names.length === 0 ? options.allowedHosts : [options.allowedHosts ?? [], names].flat(),
    },
    makesCertificate: https && given === undefined && options.https === undefined,
    certificate: given && cert,
    redirectURIs: (values['redirect-uri'] ?? []).map(toRedirectURI),
    file,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        https: { type: 'boolean' },
        cert: { type: 'string' },
        key: { type: 'string' },
        'allowed-host': { type: 'string', multiple: true },
        'redirect-uri': { type: 'string', multiple: true },
        json: { type: 'boolean' },
        version: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The first sentence. Node adds advice about arguments that start with a dash.
    const [sentence = ''] = error.message.split(/\.\s/);
    throw new UsageError(
      `${sentence.replace(/ argument is ambiguous$/, ' argument missing, or it starts with a dash')}; see --help`,
    );
  }
}

function readOptions(file: string): KakaoBusinessEmulatorOptions {
  const options: unknown = readJSON(file, readText(file));
  if (isOptions(options)) return options;
  throw new UsageError(`${file} must hold a JSON object; see --help`);
}

// startKakaoBusinessEmulator() checks the members.
const isOptions = (value: unknown): value is KakaoBusinessEmulatorOptions =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, ''); // a byte order mark, from editors on Windows
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
}

// IDs in stubs are integers of up to 19 digits.
function readJSON(file: string, text: string) {
  try {
    return parseJSON(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON${positionOf(error, text)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
}

/**
 * The position of a JSON error, if V8 reports it. The rest of V8's message quotes the file, which may hold a secret.
 */
function positionOf(error: unknown, text: string): string {
  const { message } = error instanceof Error ? error : { message: '' };
  if (message === 'Unexpected end of JSON input') return ': unexpected end';
  const [, offset] = / at position (\d+)/.exec(message) ?? [];
  if (offset === undefined) return '';
  const lines = text.slice(0, Number(offset)).split('\n');
  return `: see line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function toPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw argumentError('port', 'an integer from 0 to 65535', text);
  return port;
}

function toHost(text: string): string {
  if (!isIPv4(text)) throw argumentError('host', 'an IPv4 address', text);
  return text;
}

function toRedirectURI(text: string): string {
  if (isRedirectURI(text)) return text;
  throw argumentError('redirect-uri', 'an absolute http or https URL without a fragment', text);
}

function toAllowedHost(text: string): string {
  const name = toHostName(text);
  if (name === undefined) throw argumentError('allowed-host', HOST_NAME, text);
  return name;
}

function readCertificate(https: boolean, cert?: string, key?: string): Certificate | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (!https || cert === undefined || key === undefined) {
    throw new UsageError('--cert and --key are given together, with --https');
  }
  const certificate = { cert: readText(cert), key: readText(key) };
  const [member, expected = ''] = problemOf(certificate) ?? [];
  if (member !== undefined) throw argumentError(member, expected, { cert, key }[member]);
  return certificate;
}

function argumentError(option: string, expected: string, text: string): UsageError {
  return new UsageError(`--${option} must be ${expected}, not ${text || 'empty'}`);
}
