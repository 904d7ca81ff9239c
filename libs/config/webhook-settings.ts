import { z } from 'zod';
import { flag } from './flag.ts';
import { list } from './list.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(65535));

/** How events are sent to those who subscribed to them. */
export const webhookSettings = {
  WEBHOOK_KEYS: z
    .string()
    .optional()
    .describe(
      'File of the key that the secrets of webhooks are made of; by default `webhook-keys.json` in `DATA_DIR`, made when first needed. The API and the projector read the same.',
    ),
  WEBHOOK_NETWORKS: list
    .default([])
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()], 'must be a network: 10.20.0.0/16')))
    .describe(
      'Networks beside the public Internet that webhooks may be sent into, separated by commas: that of the province’s bus (`10.20.0.0/16`).',
    ),
  WEBHOOK_PORTS: list
    .default(['443'])
    .pipe(z.array(port))
    .describe('Ports that webhooks may be sent to, separated by commas.'),
  WEBHOOK_HTTP: flag
    .default(false)
    .describe('`true`: webhooks may go to `http://`, never in production.'),
  WEBHOOK_SECONDS: z.coerce
    .number()
    .min(1)
    .max(60)
    .default(10)
    .describe('How long a receiver of webhooks may take to answer, in seconds.'),
  WEBHOOK_RETRY_HOURS: z.coerce
    .number()
    .positive()
    .max(720)
    .default(72)
    .describe(
      'How long an event that its receiver does not take is sent again, before it is put aside as a dead letter, in hours.',
    ),
};
