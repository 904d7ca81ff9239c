import { z } from 'zod';

/** Who gives the tokens, and how the console gets one. */
export const oidcSettings = {
  OIDC_ISSUER: z
    .url()
    .optional()
    .describe('Issuer of the bearer tokens; unset: the development issuer, never in production.'),
  OIDC_JWKS_URL: z
    .url()
    .optional()
    .describe('Key set of the issuer; by default the one its discovery document names.'),
  OIDC_AUDIENCE: z.string().default('so-chung-thuc').describe('Audience a token must name.'),
  OIDC_CLIENT_ID: z
    .string()
    .optional()
    .describe(
      'Client by which the console logs people in at `OIDC_ISSUER`: public (no secret), authorization code with PKCE, redirect address `…/dang-nhap/xong`, after logging out `…/dang-nhap`.',
    ),
  OIDC_SCOPE: z
    .string()
    .default('openid profile')
    .describe(
      'Scope the console asks for; with `offline_access`, where the issuer wants that, it renews its token.',
    ),
  OIDC_RESOURCE: z
    .string()
    .optional()
    .describe(
      'Resource (RFC 8707) the console asks its token for, where the issuer names audiences by it.',
    ),
  OIDC_KEYS_HOURS: z.coerce
    .number()
    .min(0.25)
    .max(168)
    .default(24)
    .describe('How long the issuer’s known keys hold while it does not answer, in hours.'),
  OIDC_TOKEN_HOURS: z.coerce
    .number()
    .min(0.02)
    .default(24)
    .describe(
      'Longest time a token may be good for from its issue, in hours; a longer one is refused.',
    ),
  OIDC_ROLES_CLAIM: z
    .string()
    .default('roles')
    .describe('Claim with the caller’s roles; dots go deeper.'),
  OIDC_AGENCY_CLAIM: z
    .string()
    .default('agency')
    .describe('Claim with the caller’s agency code(s).'),
};
