import { z } from 'zod';

/** What the sealing of the log is told. */
export const auditSettings = {
  SEAL_SECONDS: z.coerce
    .number()
    .min(0)
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
  AUDIT_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/u, 'must be a name without blanks and plus signs: example.vn/so')
    .optional()
    .describe(
      'Name of the log in its checkpoints (`example.vn/so`), when its first key is made; by default one that no other has.',
    ),
};
