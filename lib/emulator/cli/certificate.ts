import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Certificate } from '../http/certificate.js';
import { UsageError } from './arguments.js';

/** A certificate that was made for this run. */
export interface MadeCertificate {
  https: Certificate;
  /** The file of the certificate, for clients to trust. */
  file: string;
  /** Removes the file. */
  remove(): void;
}

/**
 * Makes a certificate with `openssl`. Its key leaves no file behind.
 *
 * @param hosts the host names and IPv4 addresses that it is for.
 * @throws {UsageError} without `openssl`.
 */
export async function makeCertificate(hosts: readonly string[]): Promise<MadeCertificate> {
  const folder = mkdtempSync(join(tmpdir(), 'kakao-business-emulator-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const config = join(folder, 'openssl.cnf');
  const keyFile = join(folder, 'key.pem');
  const file = join(folder, 'cert.pem');
  try {
    writeFileSync(config, toConfig(hosts));
    writeFileSync(keyFile, '', { mode: 0o600 });
    await runOpenSSL(['-config', config, '-keyout', keyFile, '-out', file]);
    const key = readFileSync(keyFile, 'utf8');
    for (const done of [config, keyFile]) rmSync(done);
    return { https: { cert: readFileSync(file, 'utf8'), key }, file, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

// A file, not -addext: older versions of LibreSSL, as on macOS, do not have that.
const toConfig = (hosts: readonly string[]): string => `
[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
CN = Kakao Business emulator
[extensions]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = ${[...new Set(hosts)].map(host => `${isIPv4(host) ? 'IP' : 'DNS'}:${host}`).join(', ')}
`;

async function runOpenSSL(files: readonly string[]): Promise<void> {
  const making = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', '30'];
  try {
    await promisify(execFile)('openssl', [...making, ...files]);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UsageError(
      isMissing
        ? '--https needs openssl to make a certificate; install it, or give yours with --cert and --key'
        : 'openssl could not make a certificate; give yours with --https --cert <file> --key <file>',
    );
  }
}
