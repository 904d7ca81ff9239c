import { oneChange, type Projection } from '../projection.ts';
import { edited, registered, revoked } from './specimen-list.ts';

/** Danh sách chữ ký. */
export const signatureList: Projection = {
  name: 'signature_list',
  version: 3,
  reads: ['signatures-', 'signature-'],
  indexes: [
    ['agency', 'name'],
    ['agency', 'account', 'name'],
    ['agency', 'id'],
  ],
  searchable: ['name', 'signerFullName', 'signerTitle'],
  project: oneChange({
    SignatureRegistered: (data, projected) =>
      registered(projected, data, { account: projected.metadata.actor.account }),
    SignatureEdited: (data, projected) => edited(projected, data),
    SignatureRevoked: (data, projected) => revoked(projected, data),
  }),
};
