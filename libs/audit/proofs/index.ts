export { checkpointText, openCheckpoint, statedCheckpoint } from './checkpoint.ts';
export type { Checkpoint } from './checkpoint.ts';
export { CompactRange } from './compact-range.ts';
export { joined, subtreesOf } from './subtrees.ts';
export { BrokenProof, hashOf, leafHash, sha256, toBase64 } from './hash.ts';
export type { Hash } from './hash.ts';
export {
  bucketHash,
  bucketOf,
  headAfter,
  headByProof,
  headsRoot,
  headsText,
  HeadsTree,
  openHeads,
  sealedHeads,
  statesHeads,
  streamId,
} from './heads.ts';
export type { BucketProof, StreamHead } from './heads.ts';
export { ABSENCE_HEAD, absenceText, parseAbsence, verifyAbsence } from './absence.ts';
export type { Absence, AbsenceProof, DocumentProof, NumberProof } from './absence.ts';
export { documentId, documentsText, DocumentTree } from './documents.ts';
export type { DocumentLeaf, DocumentNeighbour } from './documents.ts';
export { leafHashOf, leafOf } from './leaf.ts';
export type { SealedEvent } from './leaf.ts';
export {
  cosignedText,
  COSIGNATURE,
  noteText,
  parseNote,
  parseSignature,
  parseVerifierKey,
  signatureLine,
  signersOf,
  verifierKeyText,
} from './note.ts';
export type { NoteSignature, VerifierKey } from './note.ts';
export { consistencyText, inclusionText, parseConsistency, parseInclusion } from './proof-text.ts';
export {
  perfectRoot,
  TILE_HEIGHT,
  PAGE_WIDTH,
  TILE_WIDTH,
  tileIndex,
  tileOf,
  tileWidth,
} from './tiles.ts';
export type { TilePlace } from './tiles.ts';
export { consistencyPath, inclusionPath, requireConsistent, rootByPath } from './tree.ts';
export type { ReadSubtree, TreeHead } from './tree.ts';
export { isIn } from './bundle/check-story.ts';
export { findingText, onOneLine } from './bundle/findings.ts';
export type { Language } from './bundle/findings.ts';
export { BUNDLE_FORMAT, eventLine, UnreadableBundle } from './bundle/lines.ts';
export type { BundleLine, BundleScope } from './bundle/lines.ts';
export { linesIn } from './bundle/text-lines.ts';
export { verifyBundle } from './bundle/verify.ts';
export type { Trust, Verdict } from './bundle/verify.ts';
export { verifyConsistency, verifyInclusion } from './verify-proof.ts';
export type { Consistency, Inclusion } from './verify-proof.ts';
export {
  openTimestamp,
  parseCertificates,
  timestampRequest,
  timestampTokenIn,
} from './timestamp.ts';
export type { Timestamp, TrustedCertificates } from './timestamp.ts';
export { parsePolicy } from './policy.ts';
export type { Policy, Witness } from './policy.ts';
