/** A setting is missing or wrong; the message names each one and what it must be. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}
