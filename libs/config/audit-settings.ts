import { z } from 'zod';
import { list } from './list.ts';

/** What the sealing of the log is told. */
export const auditSettings = {
  SEAL_SECONDS: z.coerce
    .number()
    .min(0)
    .max(86_400)
    .default(10)
    .describe(
      'Seconds from one signed checkpoint of the log to the next, while it grows; 0: none is made but on demand.',
    ),
  AUDIT_KEYS: z
    .string()
    .optional()
    .describe(
      'File of the keys that sign checkpoints; by default `audit-keys.json` in `DATA_DIR`, made at the first start.',
    ),
  AUDIT_POLICY: z
    .string()
    .optional()
    .describe(
      'File that names the witnesses to cosign checkpoints, with their addresses (C2SP tlog-policy); unset: none.',
    ),
  AUDIT_TSA: list
    .default([])
    .pipe(z.array(z.url({ protocol: /^https?$/ })))
    .describe(
      'Addresses of time-stamping authorities (RFC 3161), separated by commas, that stamp checkpoints with their time; unset: none.',
    ),
  AUDIT_TSA_CERTS: z
    .string()
    .optional()
    .describe(
      'File of certificates (PEM) that the authorities’ own have to lead to; needed where `AUDIT_TSA` is set.',
    ),
  AUDIT_TSA_SECONDS: z.coerce
    .number()
    .min(1)
    .default(3600)
    .describe('Seconds from one timestamp of an authority to the next, while the log grows.'),
  AUDIT_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/u, 'must be a name without blanks and plus signs: example.vn/so')
    .optional()
    .describe(
      'Name of the log in its checkpoints (`example.vn/so`), when its first key is made; by default one that no other has.',
    ),
};
