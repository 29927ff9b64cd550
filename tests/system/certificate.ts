import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { newFolder } from '../support/environment'

/** A certificate of a host and its key, in files. It is signed by itself. */
export type Certificate = { file: string; keyFile: string }

/** Throws with the name of the package when it is not installed. */
export function makeCertificate(host = 'localhost'): Certificate {
  const folder = resolve(newFolder('certificate'))
  const [file, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  const words = ['req', '-x509', ...kind, ...names, '-keyout', keyFile, '-out', file]
  const { error, status } = spawnSync('openssl', words, { stdio: 'ignore' })
  if (error) throw new Error('openssl is missing. Install its package: apt-get install openssl')
  if (status !== 0) throw new Error('openssl made no certificate')
  return { file, keyFile }
}
