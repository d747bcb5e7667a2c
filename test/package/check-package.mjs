/** Prints the findings of publint and are-the-types-wrong: `node check-package.mjs FOLDER TARBALL`. */
import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';

const [folder, tarball] = process.argv.slice(2);
const { messages } = await publint({ pkgDir: folder, strict: true });
const { problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
process.stdout.write(JSON.stringify({ messages, problems }));
