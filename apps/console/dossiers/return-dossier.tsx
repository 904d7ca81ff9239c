import { lengths, type DossierRow } from '#client';
import { portal } from '../api/portal.ts';
import { ReasonedAct } from '../parts/reasoned-act.tsx';
import { say } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

export interface OfDossier {
  readonly dossier: DossierRow;
  readonly onClose: () => void;
}

/** Trả lại hồ sơ, not certified. */
export function ReturnDossier({ dossier: { dossier }, onClose }: OfDossier) {
  const { dossiers } = useWords();
  const { agency } = useSession();
  return (
    <ReasonedAct
      title={dossiers.giveBack(dossier)}
      what={dossiers.giveBackWhat}
      act={dossiers.giveBackGo}
      maxLength={lengths.ReturnDossierDto.reason}
      onClose={onClose}
      run={(body, options) => portal.returnDossier({ agency, dossier }, body, options)}
      onDone={() => say(dossiers.givenBack(dossier))}
    />
  );
}
