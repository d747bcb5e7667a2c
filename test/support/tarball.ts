import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

let packing: Promise<string> | undefined;

/** Packs this package as for a release, once per run of mocha. @returns the path of the tarball. */
export const packedTarball = (): Promise<string> => {
  packing ??= process.env['PACKED_TARBALL'] ? Promise.resolve(process.env['PACKED_TARBALL']) : pack();
  return packing;
};

/** Packs before mocha starts parallel workers, whose builds would disturb each other. */
export async function mochaGlobalSetup(): Promise<void> {
  process.env['PACKED_TARBALL'] = await packedTarball();
}

async function pack(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'passport-kakao-business-tarball-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const { stdout } = await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', folder]);
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}
