import { createPrivateKey, X509Certificate } from 'node:crypto';

/** A certificate and its private key, as PEM texts. */
export interface Certificate {
  /** The certificate; further ones of its chain may follow. */
  cert: string;
  /** The private key of the certificate, without a passphrase. */
  key: string;
}

/** What is wrong with a certificate: the member, and what it must be. */
export function problemOf({
  cert,
  key,
}: Certificate): [member: keyof Certificate, expected: string] | undefined {
  const certificate = optional(() => new X509Certificate(cert));
  if (!certificate) return ['cert', 'a certificate in PEM'];
  const privateKey = optional(() => createPrivateKey(key));
  if (!privateKey) return ['key', 'a private key in PEM, without a passphrase'];
  return certificate.checkPrivateKey(privateKey) ? undefined : ['key', 'the private key of the certificate'];
}

// Without the error: its text is OpenSSL's.
function optional<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
