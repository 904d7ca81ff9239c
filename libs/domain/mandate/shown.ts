import { EVERY_TYPE, mandateKindLabels, mandateStatusLabels } from '../labels.ts';
import { registerType } from '../register/types.ts';
import type { MandateFields } from './events.ts';
import { mandateStatus, type Mandate } from './mandate.ts';

/** What a mandate covers, as people read it. */
export const shownScope = (scope: readonly string[] | null): string =>
  scope === null ? EVERY_TYPE : scope.map((code) => registerType(code).label).join(', ');

/** A mandate's fields as people read them in the history. */
export const shownMandate = ({ mandateKind, scope, ...fields }: MandateFields) => ({
  mandateKind: mandateKindLabels[mandateKind],
  ...fields,
  scope: shownScope(scope),
});

/** A mandate as it stood on a day, whoever asks and for whichever moment. */
export function mandateOn(mandate: Mandate, day: string) {
  const { state: _state, ...fields } = mandate;
  const status = mandateStatus(mandate, day);
  return { ...fields, status, statusLabel: mandateStatusLabels[status] };
}
