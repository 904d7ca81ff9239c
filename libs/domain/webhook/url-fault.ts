/** Why events are not sent to an address. */
export type WebhookUrlFault =
  /** No address, or one with a fragment. */
  | 'syntax'
  /** Not https. */
  | 'scheme'
  /** A name and a password stand in it. */
  | 'credentials'
  | 'port'
  /** Its name is not known now. */
  | 'name'
  /** It leads into a network that is not sent to. */
  | 'network';
