/** What of an error crosses into another thread. */
export interface Crossed {
  readonly code: string;
  readonly message: string;
}

export function crossing(error: unknown): Crossed {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return { code: String(code), message: String(message) };
}

/** The error on the other side. */
export const crossed = ({ code, message }: Crossed): Error =>
  Object.assign(new Error(message), { code });
