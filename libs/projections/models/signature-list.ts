import { oneChange, type Projection } from '../projection.ts';
import { edited, registered, revoked } from './specimen-list.ts';

/** What the list sorts by as people read it. */
const names = ['name', 'signerFullName'];

/** Danh sách chữ ký. */
export const signatureList: Projection = {
  name: 'signature_list',
  version: 5,
  reads: ['signatures-', 'signature-'],
  indexes: [
    ['agency', 'nameOrder'],
    ['agency', 'signerFullNameOrder'],
    ['agency', 'registeredAt'],
    ['agency', 'account', 'nameOrder'],
    ['agency', 'account', 'signerFullNameOrder'],
    ['agency', 'account', 'registeredAt'],
    ['agency', 'id'],
  ],
  counted: [['agency', 'account', 'state']],
  searchable: ['name', 'signerFullName', 'signerTitle'],
  project: oneChange({
    SignatureRegistered: (data, projected) =>
      registered(projected, data, {
        names,
        owner: { account: projected.metadata.actor.account },
      }),
    SignatureEdited: (data, projected) => edited(projected, data, names),
    SignatureRevoked: (data, projected) => revoked(projected, data),
  }),
};
