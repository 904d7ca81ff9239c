/** Written by generate.main.ts from docs/openapi.json: change what is described there. */
import type { Answer, CallOptions, CommandOptions, QueryOptions, Route } from './call.ts';
import type {
  operations,
  AccessRecordPage,
  AgencyAnswer,
  AgencyPage,
  AgencyRow,
  AsOfAnswer,
  AskTasksDto,
  AssignEntryDto,
  AuditKeys,
  BatchAnswer,
  BatchDto,
  BookAnswer,
  BookDetails,
  BookPage,
  BooksThen,
  CausationTree,
  CheckpointAnswer,
  CheckpointList,
  CloseBookDto,
  ConsistencyAnswer,
  CopyOfEntry,
  CopyPage,
  CorrectEntryDto,
  DecideDto,
  DecidedEvents,
  DevelopmentToken,
  DevelopmentTokenDto,
  DifferenceAnswer,
  DocumentAnswer,
  DossierAnswer,
  DossierPage,
  DossierRow,
  EditAgencyDto,
  EditBookDto,
  EditSealUpload,
  EditSignatureUpload,
  EndMandateDto,
  EntriesDifference,
  EntriesThen,
  EntryAnswer,
  EntryPage,
  EntryRow,
  ExportJob,
  ExportPage,
  ExtendDossierDto,
  FeeProposal,
  FeeStatement,
  FeedPage,
  FileAnswer,
  FileForm,
  HistoryPage,
  InclusionAnswer,
  Live,
  MandateAnswer,
  MandateNeed,
  MandatePage,
  MandateRow,
  MandatesThen,
  MyAccount,
  NextBook,
  NumberAnswer,
  OpenBookDto,
  ProjectionList,
  ProposalAnswer,
  ProposalPage,
  ProposalRow,
  Ready,
  ReasonDto,
  ReceiveDossierDto,
  RecordMandateDto,
  RegisterAgencyDto,
  RegisterTypeList,
  ReplayAnswer,
  ReportAnswer,
  RetireAgencyDto,
  ReturnDossierDto,
  RevokeEntryDto,
  SealPage,
  SealRow,
  SealUpload,
  SealsThen,
  SignInFacts,
  SignaturePage,
  SignatureRow,
  SignatureUpload,
  SignaturesThen,
  SignedUploadForm,
  SkipDto,
  SpecimenAnswer,
  StampUpload,
  StartExportDto,
  TaskList,
  VerificationAnswer,
  WithdrawProposalDto,
  YearFigures,
} from './schema.ts';

type Query<K extends keyof operations> = NonNullable<operations[K]['parameters']['query']>;

/**
 * Every operation of the API by its name. Each takes what stands in its path, its query or body, and
 * options. @throws PortalProblem when the service refuses @throws PortalUnreachable when it cannot be reached
 */
export interface PortalMethods {
  /**
   * Thêm Quyển sổ chứng thực
   * `POST /v1/agencies/{agency}/books`
   */
  openBook(
    path: { agency: string },
    body: OpenBookDto,
    options?: CommandOptions,
  ): Promise<Answer<BookAnswer>>;
  /**
   * Danh sách quyển sổ chứng thực
   * `GET /v1/agencies/{agency}/books`
   */
  listBooks(
    path: { agency: string },
    query?: Query<'listBooks'>,
    options?: QueryOptions,
  ): Promise<Answer<BookPage>>;
  /**
   * Giá trị mặc định của biểu mẫu thêm sổ: tên và số ban đầu kế tiếp
   * `GET /v1/agencies/{agency}/books/next/{type}/{year}`
   */
  nextBook(
    path: { agency: string; type: 'SCTDT.BS' | 'SCT.BS' | 'SCT.CKND'; year: number },
    options?: CallOptions,
  ): Promise<Answer<NextBook>>;
  /**
   * Chi tiết sổ: số liệu tổng hợp và thông tin khóa sổ
   * `GET /v1/agencies/{agency}/books/{bookId}`
   */
  getBook(
    path: { agency: string; bookId: string },
    options?: QueryOptions,
  ): Promise<Answer<BookDetails>>;
  /**
   * Sửa thông tin sổ; sau khi đã cấp số chỉ sửa được Ngày đóng sổ
   * `PATCH /v1/agencies/{agency}/books/{bookId}`
   */
  editBook(
    path: { agency: string; bookId: string },
    body: EditBookDto,
    options?: CommandOptions,
  ): Promise<Answer<BookAnswer>>;
  /**
   * Xóa sổ chưa cấp số nào
   * `POST /v1/agencies/{agency}/books/{bookId}/discard`
   */
  discardBook(
    path: { agency: string; bookId: string },
    body: ReasonDto,
    options?: CommandOptions,
  ): Promise<Answer<BookAnswer>>;
  /**
   * Khóa sổ, có xác nhận của người ký chứng thực
   * `POST /v1/agencies/{agency}/books/{bookId}/close`
   */
  closeBook(
    path: { agency: string; bookId: string },
    body: CloseBookDto,
    options?: CommandOptions,
  ): Promise<Answer<BookAnswer>>;
  /**
   * Cấp số chứng thực: số kế tiếp của sổ; cùng hồ sơ và giấy tờ thì trả lại số đã cấp
   * `POST /v1/agencies/{agency}/books/{bookId}/entries`
   */
  assignEntryNumber(
    path: { agency: string; bookId: string },
    body: AssignEntryDto,
    options?: CommandOptions,
  ): Promise<Answer<EntryAnswer>>;
  /**
   * Các số của quyển sổ
   * `GET /v1/agencies/{agency}/books/{bookId}/entries`
   */
  listEntries(
    path: { agency: string; bookId: string },
    query?: Query<'listEntries'>,
    options?: QueryOptions,
  ): Promise<Answer<EntryPage>>;
  /**
   * Một số chứng thực
   * `GET /v1/agencies/{agency}/books/{bookId}/entries/{number}`
   */
  getEntry(
    path: { agency: string; bookId: string; number: number },
    options?: QueryOptions,
  ): Promise<Answer<EntryRow>>;
  /**
   * Đính chính: mọi cột trừ số, quyển sổ, hồ sơ; sổ đã khóa chỉ ghi chú
   * `POST /v1/agencies/{agency}/books/{bookId}/entries/{number}/correct`
   */
  correctEntry(
    path: { agency: string; bookId: string; number: number },
    body: CorrectEntryDto,
    options?: CommandOptions,
  ): Promise<Answer<EntryAnswer>>;
  /**
   * Hủy số: hồ sơ không được chứng thực; số giữ nguyên, không dùng lại
   * `POST /v1/agencies/{agency}/books/{bookId}/entries/{number}/void`
   */
  voidEntryNumber(
    path: { agency: string; bookId: string; number: number },
    body: ReasonDto,
    options?: CommandOptions,
  ): Promise<Answer<EntryAnswer>>;
  /**
   * Hủy giá trị pháp lý của bản sao đã cấp (TT 01/2020 Điều 7)
   * `POST /v1/agencies/{agency}/books/{bookId}/entries/{number}/revoke`
   */
  revokeCertification(
    path: { agency: string; bookId: string; number: number },
    body: RevokeEntryDto,
    options?: CommandOptions,
  ): Promise<Answer<EntryAnswer>>;
  /**
   * Cấp số cho nhiều giấy tờ một lần: mỗi giấy tờ một câu trả lời; giấy tờ bị từ chối không ảnh hưởng giấy tờ khác
   * `POST /v1/agencies/{agency}/books/{bookId}/entries:batch`
   */
  assignEntryNumbers(
    path: { agency: string; bookId: string },
    body: BatchDto,
    options?: CommandOptions,
  ): Promise<Answer<BatchAnswer>>;
  /**
   * Các loại sổ chứng thực và mẫu sổ của từng loại
   * `GET /v1/register-types`
   */
  listRegisterTypes(options?: CallOptions): Promise<Answer<RegisterTypeList>>;
  /**
   * Phí theo biểu phí của ngày chứng thực
   * `GET /v1/fees/proposal`
   */
  proposeFee(query: Query<'proposeFee'>, options?: CallOptions): Promise<Answer<FeeProposal>>;
  /**
   * Bảng kê phí chứng thực trong tháng, nộp trước ngày 05 tháng sau
   * `GET /v1/agencies/{agency}/fees/{month}`
   */
  getFeeStatement(
    path: { agency: string; month: string },
    options?: QueryOptions,
  ): Promise<Answer<FeeStatement>>;
  /**
   * Số liệu của các sổ trong năm: từng ngày, từng tháng
   * `GET /v1/agencies/{agency}/figures/{year}`
   */
  getYearFigures(
    path: { agency: string; year: number },
    options?: QueryOptions,
  ): Promise<Answer<YearFigures>>;
  /**
   * Kết quả chứng thực của cơ quan trong kỳ (biểu 17a, bản sao điện tử tính riêng)
   * `GET /v1/agencies/{agency}/reports/{year}/{period}`
   */
  getReport(
    path: {
      agency: string;
      year: number;
      period:
        | 'half-year'
        | 'year'
        | 'full-year'
        | '01'
        | '02'
        | '03'
        | '04'
        | '05'
        | '06'
        | '07'
        | '08'
        | '09'
        | '10'
        | '11'
        | '12';
    },
    query?: Query<'getReport'>,
    options?: QueryOptions,
  ): Promise<Answer<ReportAnswer>>;
  /**
   * Như trên, thành tệp XLSX
   * `GET /v1/agencies/{agency}/reports/{year}/{period}/file`
   */
  getReportFile(
    path: {
      agency: string;
      year: number;
      period:
        | 'half-year'
        | 'year'
        | 'full-year'
        | '01'
        | '02'
        | '03'
        | '04'
        | '05'
        | '06'
        | '07'
        | '08'
        | '09'
        | '10'
        | '11'
        | '12';
    },
    query?: Query<'getReportFile'>,
    options?: QueryOptions,
  ): Promise<Answer<Blob>>;
  /**
   * Kết quả chứng thực trong kỳ, tổng hợp theo cơ quan được cấp quyền xem
   * `GET /v1/reports/{year}/{period}`
   */
  getReportOfAgencies(
    path: {
      year: number;
      period:
        | 'half-year'
        | 'year'
        | 'full-year'
        | '01'
        | '02'
        | '03'
        | '04'
        | '05'
        | '06'
        | '07'
        | '08'
        | '09'
        | '10'
        | '11'
        | '12';
    },
    query?: Query<'getReportOfAgencies'>,
    options?: QueryOptions,
  ): Promise<Answer<ReportAnswer>>;
  /**
   * Như trên, thành tệp XLSX
   * `GET /v1/reports/{year}/{period}/file`
   */
  getReportOfAgenciesFile(
    path: {
      year: number;
      period:
        | 'half-year'
        | 'year'
        | 'full-year'
        | '01'
        | '02'
        | '03'
        | '04'
        | '05'
        | '06'
        | '07'
        | '08'
        | '09'
        | '10'
        | '11'
        | '12';
    },
    query?: Query<'getReportOfAgenciesFile'>,
    options?: QueryOptions,
  ): Promise<Answer<Blob>>;
  /**
   * Bản sao điện tử đang chờ ký số; theo trạng thái khác thì ghi state
   * `GET /v1/agencies/{agency}/copies`
   */
  listCopies(
    path: { agency: string },
    query?: Query<'listCopies'>,
    options?: QueryOptions,
  ): Promise<Answer<CopyPage>>;
  /**
   * Bản sao điện tử của một số, nếu đã đóng dấu
   * `GET /v1/agencies/{agency}/books/{bookId}/entries/{number}/copy`
   */
  getCopy(
    path: { agency: string; bookId: string; number: number },
    options?: QueryOptions,
  ): Promise<Answer<CopyOfEntry>>;
  /**
   * Đóng dấu chứng thực lên trang cuối của bản quét, trả về tệp PDF để ký số bên ngoài
   * `POST /v1/agencies/{agency}/books/{bookId}/entries/{number}/stamp`
   */
  stampCopy(
    path: { agency: string; bookId: string; number: number },
    body: StampUpload,
    options?: CommandOptions,
  ): Promise<Answer<Blob>>;
  /**
   * Ghi nhận tệp đã đóng dấu nay đã ký số: ký trên đúng tệp đó, không sửa một byte nào
   * `POST /v1/agencies/{agency}/books/{bookId}/entries/{number}/signed-copy`
   */
  recordSignedCopy(
    path: { agency: string; bookId: string; number: number },
    body: SignedUploadForm,
    options?: CommandOptions,
  ): Promise<Answer<EntryAnswer>>;
  /**
   * Các đề nghị khóa sổ, đính chính đang chờ tài khoản khác xác nhận
   * `GET /v1/agencies/{agency}/proposals`
   */
  listProposals(
    path: { agency: string },
    query?: Query<'listProposals'>,
    options?: QueryOptions,
  ): Promise<Answer<ProposalPage>>;
  /**
   * Một đề nghị
   * `GET /v1/agencies/{agency}/books/{bookId}/proposals/{proposalId}`
   */
  getProposal(
    path: { agency: string; bookId: string; proposalId: string },
    options?: QueryOptions,
  ): Promise<Answer<ProposalRow>>;
  /**
   * Đề nghị khóa sổ; tài khoản khác xác nhận
   * `POST /v1/agencies/{agency}/books/{bookId}/proposals`
   */
  proposeClosing(
    path: { agency: string; bookId: string },
    body: CloseBookDto,
    options?: CommandOptions,
  ): Promise<Answer<ProposalAnswer>>;
  /**
   * Đề nghị đính chính một số; tài khoản khác xác nhận
   * `POST /v1/agencies/{agency}/books/{bookId}/entries/{number}/proposals`
   */
  proposeCorrection(
    path: { agency: string; bookId: string; number: number },
    body: CorrectEntryDto,
    options?: CommandOptions,
  ): Promise<Answer<ProposalAnswer>>;
  /**
   * Xác nhận đề nghị của tài khoản khác: khóa sổ hoặc đính chính ngay
   * `POST /v1/agencies/{agency}/books/{bookId}/proposals/{proposalId}/confirm`
   */
  confirmProposal(
    path: { agency: string; bookId: string; proposalId: string },
    options?: CommandOptions,
  ): Promise<Answer<ProposalAnswer>>;
  /**
   * Từ chối đề nghị của tài khoản khác
   * `POST /v1/agencies/{agency}/books/{bookId}/proposals/{proposalId}/refuse`
   */
  refuseProposal(
    path: { agency: string; bookId: string; proposalId: string },
    body: ReasonDto,
    options?: CommandOptions,
  ): Promise<Answer<ProposalAnswer>>;
  /**
   * Rút đề nghị của chính mình
   * `POST /v1/agencies/{agency}/books/{bookId}/proposals/{proposalId}/withdraw`
   */
  withdrawProposal(
    path: { agency: string; bookId: string; proposalId: string },
    body: WithdrawProposalDto,
    options?: CommandOptions,
  ): Promise<Answer<ProposalAnswer>>;
  /**
   * In, xuất sổ của một quyển, một tháng hoặc cả năm: PDF, XLSX, CSV
   * `POST /v1/agencies/{agency}/exports`
   */
  startExport(
    path: { agency: string },
    body: StartExportDto,
    options?: CallOptions,
  ): Promise<Answer<ExportJob>>;
  /**
   * Các tệp đã in, biết bằng SHA-256
   * `GET /v1/agencies/{agency}/exports`
   */
  listExports(
    path: { agency: string },
    query?: Query<'listExports'>,
    options?: QueryOptions,
  ): Promise<Answer<ExportPage>>;
  /**
   * Một lần in: đang đến đâu, hoặc đã xong
   * `GET /v1/agencies/{agency}/exports/{exportId}`
   */
  getExport(
    path: { agency: string; exportId: string },
    options?: CallOptions,
  ): Promise<Answer<ExportJob>>;
  /**
   * Dừng một lần in chưa xong
   * `POST /v1/agencies/{agency}/exports/{exportId}/cancel`
   */
  cancelExport(
    path: { agency: string; exportId: string },
    options?: CallOptions,
  ): Promise<Answer<ExportJob>>;
  /**
   * Tệp đã in
   * `GET /v1/agencies/{agency}/exports/{exportId}/file`
   */
  getExportFile(
    path: { agency: string; exportId: string },
    options?: CallOptions,
  ): Promise<Answer<Blob>>;
  /**
   * Thêm mới chữ ký (mẫu hình ảnh) của chính tài khoản đang đăng nhập
   * `POST /v1/agencies/{agency}/signatures`
   */
  registerSignature(
    path: { agency: string },
    body: SignatureUpload,
    options?: CommandOptions,
  ): Promise<Answer<SpecimenAnswer>>;
  /**
   * Danh sách chữ ký
   * `GET /v1/agencies/{agency}/signatures`
   */
  listSignatures(
    path: { agency: string },
    query?: Query<'listSignatures'>,
    options?: QueryOptions,
  ): Promise<Answer<SignaturePage>>;
  /**
   * Một chữ ký với các phiên bản ảnh
   * `GET /v1/agencies/{agency}/signatures/{id}`
   */
  getSignature(
    path: { agency: string; id: string },
    options?: QueryOptions,
  ): Promise<Answer<SignatureRow>>;
  /**
   * Cập nhật: đổi tên, người ký, mặc định, hoặc thay ảnh (phiên bản mới)
   * `PATCH /v1/agencies/{agency}/signatures/{id}`
   */
  editSignature(
    path: { agency: string; id: string },
    body: EditSignatureUpload,
    options?: CommandOptions,
  ): Promise<Answer<SpecimenAnswer>>;
  /**
   * Ảnh chữ ký, đã bỏ siêu dữ liệu
   * `GET /v1/agencies/{agency}/signatures/{id}/image`
   */
  getSignatureImage(
    path: { agency: string; id: string },
    query?: Query<'getSignatureImage'>,
    options?: QueryOptions,
  ): Promise<Answer<Blob>>;
  /**
   * Ngừng sử dụng chữ ký
   * `POST /v1/agencies/{agency}/signatures/{id}/revoke`
   */
  revokeSignature(
    path: { agency: string; id: string },
    body: ReasonDto,
    options?: CommandOptions,
  ): Promise<Answer<SpecimenAnswer>>;
  /**
   * Thêm mới con dấu (mẫu hình ảnh) của cơ quan
   * `POST /v1/agencies/{agency}/seals`
   */
  registerSeal(
    path: { agency: string },
    body: SealUpload,
    options?: CommandOptions,
  ): Promise<Answer<SpecimenAnswer>>;
  /**
   * Danh sách con dấu
   * `GET /v1/agencies/{agency}/seals`
   */
  listSeals(
    path: { agency: string },
    query?: Query<'listSeals'>,
    options?: QueryOptions,
  ): Promise<Answer<SealPage>>;
  /**
   * Một con dấu với các phiên bản ảnh
   * `GET /v1/agencies/{agency}/seals/{id}`
   */
  getSeal(path: { agency: string; id: string }, options?: QueryOptions): Promise<Answer<SealRow>>;
  /**
   * Cập nhật: đổi tên, mặc định, hoặc thay ảnh (phiên bản mới)
   * `PATCH /v1/agencies/{agency}/seals/{id}`
   */
  editSeal(
    path: { agency: string; id: string },
    body: EditSealUpload,
    options?: CommandOptions,
  ): Promise<Answer<SpecimenAnswer>>;
  /**
   * Ảnh con dấu, đã bỏ siêu dữ liệu
   * `GET /v1/agencies/{agency}/seals/{id}/image`
   */
  getSealImage(
    path: { agency: string; id: string },
    query?: Query<'getSealImage'>,
    options?: QueryOptions,
  ): Promise<Answer<Blob>>;
  /**
   * Ngừng sử dụng con dấu
   * `POST /v1/agencies/{agency}/seals/{id}/revoke`
   */
  revokeSeal(
    path: { agency: string; id: string },
    body: ReasonDto,
    options?: CommandOptions,
  ): Promise<Answer<SpecimenAnswer>>;
  /**
   * Ghi nhận văn bản ủy quyền, phân công chứng thực (bắt buộc từ 01/11/2025 với KT., TL., TUQ.)
   * `POST /v1/agencies/{agency}/mandates`
   */
  recordMandate(
    path: { agency: string },
    body: RecordMandateDto,
    options?: CommandOptions,
  ): Promise<Answer<MandateAnswer>>;
  /**
   * Danh sách văn bản ủy quyền, phân công
   * `GET /v1/agencies/{agency}/mandates`
   */
  listMandates(
    path: { agency: string },
    query?: Query<'listMandates'>,
    options?: QueryOptions,
  ): Promise<Answer<MandatePage>>;
  /**
   * Người ký sẽ cần văn bản ủy quyền, phân công không, và đã có chưa; hỏi trước khi cấp số
   * `GET /v1/agencies/{agency}/mandates/needed`
   */
  needMandate(
    path: { agency: string },
    query: Query<'needMandate'>,
    options?: CallOptions,
  ): Promise<Answer<MandateNeed>>;
  /**
   * Một văn bản ủy quyền, phân công
   * `GET /v1/agencies/{agency}/mandates/{id}`
   */
  getMandate(
    path: { agency: string; id: string },
    options?: QueryOptions,
  ): Promise<Answer<MandateRow>>;
  /**
   * Chấm dứt ủy quyền, phân công; số đã cấp vẫn theo văn bản đã ghi cùng số
   * `POST /v1/agencies/{agency}/mandates/{id}/end`
   */
  endMandate(
    path: { agency: string; id: string },
    body: EndMandateDto,
    options?: CommandOptions,
  ): Promise<Answer<MandateAnswer>>;
  /**
   * Tiếp nhận hồ sơ: trả kết quả trong ngày, sau 15:00 thì ngày làm việc tiếp theo (NĐ 23/2015 Điều 7)
   * `POST /v1/agencies/{agency}/dossiers`
   */
  receiveDossier(
    path: { agency: string },
    body: ReceiveDossierDto,
    options?: CommandOptions,
  ): Promise<Answer<DossierAnswer>>;
  /**
   * Danh sách hồ sơ đã tiếp nhận, theo hạn trả
   * `GET /v1/agencies/{agency}/dossiers`
   */
  listDossiers(
    path: { agency: string },
    query?: Query<'listDossiers'>,
    options?: QueryOptions,
  ): Promise<Answer<DossierPage>>;
  /**
   * Một hồ sơ
   * `GET /v1/agencies/{agency}/dossiers/{dossier}`
   */
  getDossier(
    path: { agency: string; dossier: string },
    options?: QueryOptions,
  ): Promise<Answer<DossierRow>>;
  /**
   * Hẹn trả kết quả: thêm không quá 2 ngày làm việc, hoặc lâu hơn theo thỏa thuận bằng văn bản (NĐ 23/2015 Điều 21)
   * `POST /v1/agencies/{agency}/dossiers/{dossier}/appointment`
   */
  extendDossier(
    path: { agency: string; dossier: string },
    body: ExtendDossierDto,
    options?: CommandOptions,
  ): Promise<Answer<DossierAnswer>>;
  /**
   * Trả lại hồ sơ không chứng thực
   * `POST /v1/agencies/{agency}/dossiers/{dossier}/return`
   */
  returnDossier(
    path: { agency: string; dossier: string },
    body: ReturnDossierDto,
    options?: CommandOptions,
  ): Promise<Answer<DossierAnswer>>;
  /**
   * Nhật ký của cơ quan: tất cả, hoặc của một tài khoản, hồ sơ, số, trong một khoảng thời gian
   * `GET /v1/agencies/{agency}/history`
   */
  listHistory(
    path: { agency: string },
    query?: Query<'listHistory'>,
    options?: QueryOptions,
  ): Promise<Answer<HistoryPage>>;
  /**
   * Cây nhân quả của một yêu cầu: các lệnh và những gì mỗi lệnh gây ra
   * `GET /v1/agencies/{agency}/requests/{correlationId}`
   */
  causationOfRequest(
    path: { agency: string; correlationId: string },
    options?: QueryOptions,
  ): Promise<Answer<CausationTree>>;
  /**
   * Nhật ký của một quyển sổ, gồm mọi số trong sổ
   * `GET /v1/agencies/{agency}/books/{bookId}/history`
   */
  bookHistory(
    path: { agency: string; bookId: string },
    query?: Query<'bookHistory'>,
    options?: QueryOptions,
  ): Promise<Answer<HistoryPage>>;
  /**
   * Nhật ký của một số chứng thực
   * `GET /v1/agencies/{agency}/books/{bookId}/entries/{number}/history`
   */
  entryHistory(
    path: { agency: string; bookId: string; number: number },
    query?: Query<'entryHistory'>,
    options?: QueryOptions,
  ): Promise<Answer<HistoryPage>>;
  /**
   * Nhật ký của một chữ ký
   * `GET /v1/agencies/{agency}/signatures/{id}/history`
   */
  signatureHistory(
    path: { agency: string; id: string },
    query?: Query<'signatureHistory'>,
    options?: QueryOptions,
  ): Promise<Answer<HistoryPage>>;
  /**
   * Nhật ký của một con dấu
   * `GET /v1/agencies/{agency}/seals/{id}/history`
   */
  sealHistory(
    path: { agency: string; id: string },
    query?: Query<'sealHistory'>,
    options?: QueryOptions,
  ): Promise<Answer<HistoryPage>>;
  /**
   * Nhật ký của một văn bản ủy quyền, phân công
   * `GET /v1/agencies/{agency}/mandates/{id}/history`
   */
  mandateHistory(
    path: { agency: string; id: string },
    query?: Query<'mandateHistory'>,
    options?: QueryOptions,
  ): Promise<Answer<HistoryPage>>;
  /**
   * Nhật ký của chính cơ quan: đăng ký, đổi tên, đổi cấp, ngừng hoạt động, tiếp nhận sổ
   * `GET /v1/agencies/{agency}/changes`
   */
  agencyHistory(
    path: { agency: string },
    query?: Query<'agencyHistory'>,
    options?: QueryOptions,
  ): Promise<Answer<HistoryPage>>;
  /**
   * Cơ quan tại một thời điểm: tên, cấp, trạng thái
   * `GET /v1/agencies/{agency}/as-of`
   */
  agencyAsOf(
    path: { agency: string },
    query?: Query<'agencyAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<AsOfAnswer>>;
  /**
   * Quyển sổ tại một thời điểm
   * `GET /v1/agencies/{agency}/books/{bookId}/as-of`
   */
  bookAsOf(
    path: { agency: string; bookId: string },
    query?: Query<'bookAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<AsOfAnswer>>;
  /**
   * Một số chứng thực tại một thời điểm
   * `GET /v1/agencies/{agency}/books/{bookId}/entries/{number}/as-of`
   */
  entryAsOf(
    path: { agency: string; bookId: string; number: number },
    query?: Query<'entryAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<AsOfAnswer>>;
  /**
   * Một chữ ký tại một thời điểm
   * `GET /v1/agencies/{agency}/signatures/{id}/as-of`
   */
  signatureAsOf(
    path: { agency: string; id: string },
    query?: Query<'signatureAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<AsOfAnswer>>;
  /**
   * Một con dấu tại một thời điểm
   * `GET /v1/agencies/{agency}/seals/{id}/as-of`
   */
  sealAsOf(
    path: { agency: string; id: string },
    query?: Query<'sealAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<AsOfAnswer>>;
  /**
   * Một văn bản ủy quyền, phân công tại một thời điểm
   * `GET /v1/agencies/{agency}/mandates/{id}/as-of`
   */
  mandateAsOf(
    path: { agency: string; id: string },
    query?: Query<'mandateAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<AsOfAnswer>>;
  /**
   * Một hồ sơ tại một thời điểm: tiếp nhận, hạn trả, trả lại
   * `GET /v1/agencies/{agency}/dossiers/{dossier}/as-of`
   */
  dossierAsOf(
    path: { agency: string; dossier: string },
    query?: Query<'dossierAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<AsOfAnswer>>;
  /**
   * Cơ quan khác nhau thế nào giữa hai thời điểm
   * `GET /v1/agencies/{agency}/as-of/difference`
   */
  agencyDifference(
    path: { agency: string },
    query: Query<'agencyDifference'>,
    options?: CallOptions,
  ): Promise<Answer<DifferenceAnswer>>;
  /**
   * Quyển sổ khác nhau thế nào giữa hai thời điểm
   * `GET /v1/agencies/{agency}/books/{bookId}/as-of/difference`
   */
  bookDifference(
    path: { agency: string; bookId: string },
    query: Query<'bookDifference'>,
    options?: CallOptions,
  ): Promise<Answer<DifferenceAnswer>>;
  /**
   * Một số chứng thực khác nhau thế nào giữa hai thời điểm
   * `GET /v1/agencies/{agency}/books/{bookId}/entries/{number}/as-of/difference`
   */
  entryDifference(
    path: { agency: string; bookId: string; number: number },
    query: Query<'entryDifference'>,
    options?: CallOptions,
  ): Promise<Answer<DifferenceAnswer>>;
  /**
   * Một chữ ký khác nhau thế nào giữa hai thời điểm
   * `GET /v1/agencies/{agency}/signatures/{id}/as-of/difference`
   */
  signatureDifference(
    path: { agency: string; id: string },
    query: Query<'signatureDifference'>,
    options?: CallOptions,
  ): Promise<Answer<DifferenceAnswer>>;
  /**
   * Một con dấu khác nhau thế nào giữa hai thời điểm
   * `GET /v1/agencies/{agency}/seals/{id}/as-of/difference`
   */
  sealDifference(
    path: { agency: string; id: string },
    query: Query<'sealDifference'>,
    options?: CallOptions,
  ): Promise<Answer<DifferenceAnswer>>;
  /**
   * Một văn bản ủy quyền, phân công khác nhau thế nào giữa hai thời điểm
   * `GET /v1/agencies/{agency}/mandates/{id}/as-of/difference`
   */
  mandateDifference(
    path: { agency: string; id: string },
    query: Query<'mandateDifference'>,
    options?: CallOptions,
  ): Promise<Answer<DifferenceAnswer>>;
  /**
   * Một hồ sơ khác nhau thế nào giữa hai thời điểm
   * `GET /v1/agencies/{agency}/dossiers/{dossier}/as-of/difference`
   */
  dossierDifference(
    path: { agency: string; dossier: string },
    query: Query<'dossierDifference'>,
    options?: CallOptions,
  ): Promise<Answer<DifferenceAnswer>>;
  /**
   * Các quyển sổ của một năm tại một thời điểm
   * `GET /v1/agencies/{agency}/as-of/books`
   */
  booksAsOf(
    path: { agency: string },
    query: Query<'booksAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<BooksThen>>;
  /**
   * Các số của quyển sổ tại một thời điểm
   * `GET /v1/agencies/{agency}/books/{bookId}/as-of/entries`
   */
  entriesAsOf(
    path: { agency: string; bookId: string },
    query?: Query<'entriesAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<EntriesThen>>;
  /**
   * Các số của quyển sổ khác nhau thế nào giữa hai thời điểm, từng số
   * `GET /v1/agencies/{agency}/books/{bookId}/as-of/entries/difference`
   */
  entriesDifference(
    path: { agency: string; bookId: string },
    query: Query<'entriesDifference'>,
    options?: CallOptions,
  ): Promise<Answer<EntriesDifference>>;
  /**
   * Các con dấu của cơ quan tại một thời điểm
   * `GET /v1/agencies/{agency}/as-of/seals`
   */
  sealsAsOf(
    path: { agency: string },
    query?: Query<'sealsAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<SealsThen>>;
  /**
   * Các văn bản ủy quyền, phân công của cơ quan tại một thời điểm
   * `GET /v1/agencies/{agency}/as-of/mandates`
   */
  mandatesAsOf(
    path: { agency: string },
    query?: Query<'mandatesAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<MandatesThen>>;
  /**
   * Các chữ ký của cơ quan tại một thời điểm
   * `GET /v1/agencies/{agency}/as-of/signatures`
   */
  signaturesAsOf(
    path: { agency: string },
    query?: Query<'signaturesAsOf'>,
    options?: CallOptions,
  ): Promise<Answer<SignaturesThen>>;
  /**
   * Xem lại một luồng, từng sự kiện: ai, khi nào, việc gì, và trạng thái sau đó
   * `GET /v1/agencies/{agency}/replay`
   */
  replayStream(
    path: { agency: string },
    query: Query<'replayStream'>,
    options?: CallOptions,
  ): Promise<Answer<ReplayAnswer>>;
  /**
   * Các sự kiện của cơ quan theo thứ tự nhật ký (CloudEvents 1.0)
   * `GET /v1/agencies/{agency}/feed`
   */
  readFeed(
    path: { agency: string },
    query?: Query<'readFeed'>,
    options?: CallOptions,
  ): Promise<Answer<FeedPage>>;
  /**
   * Như trên, gửi ngay khi có (server-sent events), mỗi sự kiện một lần; `trouble` khi không đọc tiếp được; kết thúc khi phiên đăng nhập hết hạn
   * `GET /v1/agencies/{agency}/feed/events`
   */
  watchFeed(
    path: { agency: string },
    query?: Query<'watchFeed'>,
    options?: CallOptions,
  ): Promise<Answer<ReadableStream<Uint8Array>>>;
  /**
   * Các sự kiện của mọi cơ quan, cho người được xem mọi cơ quan
   * `GET /v1/feed`
   */
  readFeedOfEverything(
    query?: Query<'readFeedOfEverything'>,
    options?: CallOptions,
  ): Promise<Answer<FeedPage>>;
  /**
   * Như trên, gửi ngay khi có (server-sent events)
   * `GET /v1/feed/events`
   */
  watchFeedOfEverything(
    query?: Query<'watchFeedOfEverything'>,
    options?: CallOptions,
  ): Promise<Answer<ReadableStream<Uint8Array>>>;
  /**
   * Ai đã xem số chứng thực, ảnh chữ ký, con dấu và nhật ký của cơ quan
   * `GET /v1/agencies/{agency}/access-records`
   */
  listAccessRecords(
    path: { agency: string },
    query?: Query<'listAccessRecords'>,
    options?: CallOptions,
  ): Promise<Answer<AccessRecordPage>>;
  /**
   * Ai đã tải những gì thuộc mọi cơ quan: gói toàn bộ, sự kiện của cả nhật ký
   * `GET /v1/audit/access-records`
   */
  listAccessRecordsOfEverything(
    query?: Query<'listAccessRecordsOfEverything'>,
    options?: CallOptions,
  ): Promise<Answer<AccessRecordPage>>;
  /**
   * Bằng chứng rằng số chứng thực đã được cấp như vậy
   * `GET /v1/agencies/{agency}/books/{bookId}/entries/{number}/proof`
   */
  proveEntry(
    path: { agency: string; bookId: string; number: number },
    options?: QueryOptions,
  ): Promise<Answer<InclusionAnswer>>;
  /**
   * Bằng chứng rằng một sự kiện nằm trong nhật ký đã niêm phong
   * `GET /v1/agencies/{agency}/audit/inclusion`
   */
  proveEvent(
    path: { agency: string },
    query: Query<'proveEvent'>,
    options?: CallOptions,
  ): Promise<Answer<InclusionAnswer>>;
  /**
   * Một số đã từng được cấp hay chưa, với bằng chứng: sổ đã đi đến số nào khi niêm phong
   * `GET /v1/agencies/{agency}/audit/number`
   */
  proveNumber(
    path: { agency: string },
    query: Query<'proveNumber'>,
    options?: CallOptions,
  ): Promise<Answer<NumberAnswer>>;
  /**
   * Một giấy tờ của hồ sơ đã từng được cấp số hay chưa, với bằng chứng đã ký
   * `GET /v1/agencies/{agency}/audit/document`
   */
  proveDocument(
    path: { agency: string },
    query: Query<'proveDocument'>,
    options?: CallOptions,
  ): Promise<Answer<DocumentAnswer>>;
  /**
   * Gói kiểm toán của cơ quan, hoặc của một sổ
   * `GET /v1/agencies/{agency}/audit/bundle`
   */
  getAgencyBundle(
    path: { agency: string },
    query?: Query<'getAgencyBundle'>,
    options?: CallOptions,
  ): Promise<Answer<Blob>>;
  /**
   * Điểm kiểm tra mới nhất đã ký
   * `GET /v1/audit/checkpoint`
   */
  getCheckpoint(options?: CallOptions): Promise<Answer<CheckpointAnswer>>;
  /**
   * Các điểm kiểm tra đã ký, mới nhất trước
   * `GET /v1/audit/checkpoints`
   */
  listCheckpoints(
    query?: Query<'listCheckpoints'>,
    options?: CallOptions,
  ): Promise<Answer<CheckpointList>>;
  /**
   * Niêm phong nhật ký ngay đến sự kiện cuối
   * `POST /v1/audit/checkpoints`
   */
  sealLog(options?: CallOptions): Promise<Answer<CheckpointAnswer>>;
  /**
   * Khóa công khai để kiểm tra các điểm kiểm tra
   * `GET /v1/audit/keys`
   */
  listAuditKeys(options?: CallOptions): Promise<Answer<AuditKeys>>;
  /**
   * Bằng chứng rằng một điểm kiểm tra tiếp nối điểm trước, không sửa gì
   * `GET /v1/audit/consistency`
   */
  proveConsistency(
    query: Query<'proveConsistency'>,
    options?: CallOptions,
  ): Promise<Answer<ConsistencyAnswer>>;
  /**
   * Gói kiểm toán của toàn bộ nhật ký, hoặc của các sổ trong một năm
   * `GET /v1/audit/bundle`
   */
  getBundle(query?: Query<'getBundle'>, options?: CallOptions): Promise<Answer<Blob>>;
  /**
   * Đăng ký cơ quan: mã, tên, cấp
   * `POST /v1/agencies`
   */
  registerAgency(body: RegisterAgencyDto, options?: CommandOptions): Promise<Answer<AgencyAnswer>>;
  /**
   * Danh sách cơ quan
   * `GET /v1/agencies`
   */
  listAgencies(query?: Query<'listAgencies'>, options?: QueryOptions): Promise<Answer<AgencyPage>>;
  /**
   * Một cơ quan: tên, cấp, trạng thái, cơ quan kế thừa
   * `GET /v1/agencies/{agency}`
   */
  getAgency(path: { agency: string }, options?: QueryOptions): Promise<Answer<AgencyRow>>;
  /**
   * Đổi tên, đổi cấp cơ quan; bật, tắt xác nhận hai người khi khóa sổ và đính chính
   * `PATCH /v1/agencies/{agency}`
   */
  editAgency(
    path: { agency: string },
    body: EditAgencyDto,
    options?: CommandOptions,
  ): Promise<Answer<AgencyAnswer>>;
  /**
   * Ngừng hoạt động cơ quan, không phục hồi được; cơ quan kế thừa (nếu có) tiếp quản sổ để tra cứu, khóa sổ, đính chính, hủy số, hủy giá trị pháp lý
   * `POST /v1/agencies/{agency}/retirement`
   */
  retireAgency(
    path: { agency: string },
    body: RetireAgencyDto,
    options?: CommandOptions,
  ): Promise<Answer<AgencyAnswer>>;
  /**
   * Tiến trình đang chạy
   * `GET /health/live`
   */
  checkLive(options?: CallOptions): Promise<Answer<Live>>;
  /**
   * Các kho dữ liệu trả lời, và các bảng đọc đứng yên; 503 khi không
   * `GET /health/ready`
   */
  checkReady(options?: CallOptions): Promise<Answer<Ready>>;
  /**
   * Nhật ký sự kiện trả lời: cấp số được, dù các bảng đọc có thể chưa; 503 khi không
   * `GET /health/ready/commands`
   */
  checkReadyForCommands(options?: CallOptions): Promise<Answer<Ready>>;
  /**
   * Kho các bảng đọc trả lời: xem danh sách được; 503 khi không
   * `GET /health/ready/reads`
   */
  checkReadyForReads(options?: CallOptions): Promise<Answer<Ready>>;
  /**
   * Số đo cho Prometheus
   * `GET /metrics`
   */
  getMetrics(options?: CallOptions): Promise<Answer<string>>;
  /**
   * Từng bảng đọc: vị trí, độ trễ, trạng thái
   * `GET /v1/projections`
   */
  listProjections(options?: CallOptions): Promise<Answer<ProjectionList>>;
  /**
   * Như trên, gửi lại mỗi khi thay đổi (server-sent events): sự kiện `projections` mang cả danh sách, `trouble` khi không đọc được; kết thúc khi phiên đăng nhập hết hạn
   * `GET /v1/projections/events`
   */
  watchProjections(options?: CallOptions): Promise<Answer<ReadableStream<Uint8Array>>>;
  /**
   * Dựng lại, quay về bản trước, đối chiếu hoặc sửa các bảng đọc
   * `POST /v1/projections/tasks`
   */
  askOfProjections(body: AskTasksDto, options?: CommandOptions): Promise<Answer<TaskList>>;
  /**
   * Những việc đã yêu cầu với một bảng đọc, mới nhất trước
   * `GET /v1/projections/{projection}/tasks`
   */
  listProjectionTasks(
    path: {
      projection:
        | 'book_list'
        | 'book_details'
        | 'register_entries'
        | 'signature_list'
        | 'seal_list'
        | 'mandate_list'
        | 'dossiers'
        | 'audit_history'
        | 'agency_list'
        | 'numbering'
        | 'figures'
        | 'proposals'
        | 'export_list'
        | 'verifications'
        | 'webhook_list'
        | 'copy_list'
        | 'copy_files';
    },
    options?: CallOptions,
  ): Promise<Answer<TaskList>>;
  /**
   * Dừng việc đang chờ hoặc đang làm, kể cả việc dựng lại do tiến trình khác bắt đầu
   * `POST /v1/projections/{projection}/call-off`
   */
  callOffProjectionTask(
    path: {
      projection:
        | 'book_list'
        | 'book_details'
        | 'register_entries'
        | 'signature_list'
        | 'seal_list'
        | 'mandate_list'
        | 'dossiers'
        | 'audit_history'
        | 'agency_list'
        | 'numbering'
        | 'figures'
        | 'proposals'
        | 'export_list'
        | 'verifications'
        | 'webhook_list'
        | 'copy_list'
        | 'copy_files';
    },
    options?: CallOptions,
  ): Promise<Answer<TaskList>>;
  /**
   * Thử lại những gì đã dừng hoặc để riêng
   * `POST /v1/projections/{projection}/retry`
   */
  retryProjection(
    path: {
      projection:
        | 'book_list'
        | 'book_details'
        | 'register_entries'
        | 'signature_list'
        | 'seal_list'
        | 'mandate_list'
        | 'dossiers'
        | 'audit_history'
        | 'agency_list'
        | 'numbering'
        | 'figures'
        | 'proposals'
        | 'export_list'
        | 'verifications'
        | 'webhook_list'
        | 'copy_list'
        | 'copy_files';
    },
    body: DecideDto,
    options?: CallOptions,
  ): Promise<Answer<DecidedEvents>>;
  /**
   * Bỏ qua hẳn một sự kiện lỗi; những gì để riêng sau nó được đọc tiếp
   * `POST /v1/projections/{projection}/skip`
   */
  skipProjectionEvent(
    path: {
      projection:
        | 'book_list'
        | 'book_details'
        | 'register_entries'
        | 'signature_list'
        | 'seal_list'
        | 'mandate_list'
        | 'dossiers'
        | 'audit_history'
        | 'agency_list'
        | 'numbering'
        | 'figures'
        | 'proposals'
        | 'export_list'
        | 'verifications'
        | 'webhook_list'
        | 'copy_list'
        | 'copy_files';
    },
    body: SkipDto,
    options?: CallOptions,
  ): Promise<Answer<DecidedEvents>>;
  /**
   * Cách đăng nhập: nơi cấp mã truy cập cho trình duyệt
   * `GET /v1/sign-in`
   */
  getSignIn(options?: CallOptions): Promise<Answer<SignInFacts>>;
  /**
   * Tài khoản đang đăng nhập: họ tên, vai trò, cơ quan
   * `GET /v1/me`
   */
  getMe(options?: CallOptions): Promise<Answer<MyAccount>>;
  /**
   * Xác minh một bản chứng thực bằng mã in trên đó; trang hoặc JSON theo Accept
   * `GET /xac-minh/{code}`
   */
  verifyCode(path: { code: string }, options?: CallOptions): Promise<Answer<VerificationAnswer>>;
  /**
   * Xác minh một tệp: hệ thống đã phát hành đúng tệp này hay chưa
   * `POST /xac-minh`
   */
  verifyFile(body: FileForm, options?: CallOptions): Promise<Answer<FileAnswer>>;
  /**
   * Mã truy cập của nơi cấp thử nghiệm; không có khi đã cấu hình OIDC_ISSUER, không bao giờ có trong NODE_ENV=production
   * `POST /v1/development/tokens`
   */
  issueDevelopmentToken(
    body: DevelopmentTokenDto,
    options?: CallOptions,
  ): Promise<Answer<DevelopmentToken>>;
}

export const routes: Readonly<Record<keyof PortalMethods, Route>> = {
  openBook: { method: 'post', path: '/v1/agencies/{agency}/books', takes: ['path', 'body'] },
  listBooks: { method: 'get', path: '/v1/agencies/{agency}/books', takes: ['path', 'query'] },
  nextBook: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/next/{type}/{year}',
    takes: ['path'],
  },
  getBook: { method: 'get', path: '/v1/agencies/{agency}/books/{bookId}', takes: ['path'] },
  editBook: {
    method: 'patch',
    path: '/v1/agencies/{agency}/books/{bookId}',
    takes: ['path', 'body'],
  },
  discardBook: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/discard',
    takes: ['path', 'body'],
  },
  closeBook: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/close',
    takes: ['path', 'body'],
  },
  assignEntryNumber: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/entries',
    takes: ['path', 'body'],
  },
  listEntries: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/entries',
    takes: ['path', 'query'],
  },
  getEntry: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}',
    takes: ['path'],
  },
  correctEntry: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/correct',
    takes: ['path', 'body'],
  },
  voidEntryNumber: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/void',
    takes: ['path', 'body'],
  },
  revokeCertification: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/revoke',
    takes: ['path', 'body'],
  },
  assignEntryNumbers: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/entries:batch',
    takes: ['path', 'body'],
  },
  listRegisterTypes: { method: 'get', path: '/v1/register-types', takes: [] },
  proposeFee: { method: 'get', path: '/v1/fees/proposal', takes: ['query'] },
  getFeeStatement: { method: 'get', path: '/v1/agencies/{agency}/fees/{month}', takes: ['path'] },
  getYearFigures: { method: 'get', path: '/v1/agencies/{agency}/figures/{year}', takes: ['path'] },
  getReport: {
    method: 'get',
    path: '/v1/agencies/{agency}/reports/{year}/{period}',
    takes: ['path', 'query'],
  },
  getReportFile: {
    method: 'get',
    path: '/v1/agencies/{agency}/reports/{year}/{period}/file',
    takes: ['path', 'query'],
    answers: 'blob',
  },
  getReportOfAgencies: {
    method: 'get',
    path: '/v1/reports/{year}/{period}',
    takes: ['path', 'query'],
  },
  getReportOfAgenciesFile: {
    method: 'get',
    path: '/v1/reports/{year}/{period}/file',
    takes: ['path', 'query'],
    answers: 'blob',
  },
  listCopies: { method: 'get', path: '/v1/agencies/{agency}/copies', takes: ['path', 'query'] },
  getCopy: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/copy',
    takes: ['path'],
  },
  stampCopy: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/stamp',
    takes: ['path', 'body'],
    form: true,
    answers: 'blob',
  },
  recordSignedCopy: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/signed-copy',
    takes: ['path', 'body'],
    form: true,
  },
  listProposals: {
    method: 'get',
    path: '/v1/agencies/{agency}/proposals',
    takes: ['path', 'query'],
  },
  getProposal: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/proposals/{proposalId}',
    takes: ['path'],
  },
  proposeClosing: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/proposals',
    takes: ['path', 'body'],
  },
  proposeCorrection: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/proposals',
    takes: ['path', 'body'],
  },
  confirmProposal: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/proposals/{proposalId}/confirm',
    takes: ['path'],
  },
  refuseProposal: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/proposals/{proposalId}/refuse',
    takes: ['path', 'body'],
  },
  withdrawProposal: {
    method: 'post',
    path: '/v1/agencies/{agency}/books/{bookId}/proposals/{proposalId}/withdraw',
    takes: ['path', 'body'],
  },
  startExport: { method: 'post', path: '/v1/agencies/{agency}/exports', takes: ['path', 'body'] },
  listExports: { method: 'get', path: '/v1/agencies/{agency}/exports', takes: ['path', 'query'] },
  getExport: { method: 'get', path: '/v1/agencies/{agency}/exports/{exportId}', takes: ['path'] },
  cancelExport: {
    method: 'post',
    path: '/v1/agencies/{agency}/exports/{exportId}/cancel',
    takes: ['path'],
  },
  getExportFile: {
    method: 'get',
    path: '/v1/agencies/{agency}/exports/{exportId}/file',
    takes: ['path'],
    answers: 'blob',
  },
  registerSignature: {
    method: 'post',
    path: '/v1/agencies/{agency}/signatures',
    takes: ['path', 'body'],
    form: true,
  },
  listSignatures: {
    method: 'get',
    path: '/v1/agencies/{agency}/signatures',
    takes: ['path', 'query'],
  },
  getSignature: { method: 'get', path: '/v1/agencies/{agency}/signatures/{id}', takes: ['path'] },
  editSignature: {
    method: 'patch',
    path: '/v1/agencies/{agency}/signatures/{id}',
    takes: ['path', 'body'],
    form: true,
  },
  getSignatureImage: {
    method: 'get',
    path: '/v1/agencies/{agency}/signatures/{id}/image',
    takes: ['path', 'query'],
    answers: 'blob',
  },
  revokeSignature: {
    method: 'post',
    path: '/v1/agencies/{agency}/signatures/{id}/revoke',
    takes: ['path', 'body'],
  },
  registerSeal: {
    method: 'post',
    path: '/v1/agencies/{agency}/seals',
    takes: ['path', 'body'],
    form: true,
  },
  listSeals: { method: 'get', path: '/v1/agencies/{agency}/seals', takes: ['path', 'query'] },
  getSeal: { method: 'get', path: '/v1/agencies/{agency}/seals/{id}', takes: ['path'] },
  editSeal: {
    method: 'patch',
    path: '/v1/agencies/{agency}/seals/{id}',
    takes: ['path', 'body'],
    form: true,
  },
  getSealImage: {
    method: 'get',
    path: '/v1/agencies/{agency}/seals/{id}/image',
    takes: ['path', 'query'],
    answers: 'blob',
  },
  revokeSeal: {
    method: 'post',
    path: '/v1/agencies/{agency}/seals/{id}/revoke',
    takes: ['path', 'body'],
  },
  recordMandate: {
    method: 'post',
    path: '/v1/agencies/{agency}/mandates',
    takes: ['path', 'body'],
  },
  listMandates: { method: 'get', path: '/v1/agencies/{agency}/mandates', takes: ['path', 'query'] },
  needMandate: {
    method: 'get',
    path: '/v1/agencies/{agency}/mandates/needed',
    takes: ['path', 'query'],
  },
  getMandate: { method: 'get', path: '/v1/agencies/{agency}/mandates/{id}', takes: ['path'] },
  endMandate: {
    method: 'post',
    path: '/v1/agencies/{agency}/mandates/{id}/end',
    takes: ['path', 'body'],
  },
  receiveDossier: {
    method: 'post',
    path: '/v1/agencies/{agency}/dossiers',
    takes: ['path', 'body'],
  },
  listDossiers: { method: 'get', path: '/v1/agencies/{agency}/dossiers', takes: ['path', 'query'] },
  getDossier: { method: 'get', path: '/v1/agencies/{agency}/dossiers/{dossier}', takes: ['path'] },
  extendDossier: {
    method: 'post',
    path: '/v1/agencies/{agency}/dossiers/{dossier}/appointment',
    takes: ['path', 'body'],
  },
  returnDossier: {
    method: 'post',
    path: '/v1/agencies/{agency}/dossiers/{dossier}/return',
    takes: ['path', 'body'],
  },
  listHistory: { method: 'get', path: '/v1/agencies/{agency}/history', takes: ['path', 'query'] },
  causationOfRequest: {
    method: 'get',
    path: '/v1/agencies/{agency}/requests/{correlationId}',
    takes: ['path'],
  },
  bookHistory: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/history',
    takes: ['path', 'query'],
  },
  entryHistory: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/history',
    takes: ['path', 'query'],
  },
  signatureHistory: {
    method: 'get',
    path: '/v1/agencies/{agency}/signatures/{id}/history',
    takes: ['path', 'query'],
  },
  sealHistory: {
    method: 'get',
    path: '/v1/agencies/{agency}/seals/{id}/history',
    takes: ['path', 'query'],
  },
  mandateHistory: {
    method: 'get',
    path: '/v1/agencies/{agency}/mandates/{id}/history',
    takes: ['path', 'query'],
  },
  agencyHistory: { method: 'get', path: '/v1/agencies/{agency}/changes', takes: ['path', 'query'] },
  agencyAsOf: { method: 'get', path: '/v1/agencies/{agency}/as-of', takes: ['path', 'query'] },
  bookAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/as-of',
    takes: ['path', 'query'],
  },
  entryAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/as-of',
    takes: ['path', 'query'],
  },
  signatureAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/signatures/{id}/as-of',
    takes: ['path', 'query'],
  },
  sealAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/seals/{id}/as-of',
    takes: ['path', 'query'],
  },
  mandateAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/mandates/{id}/as-of',
    takes: ['path', 'query'],
  },
  dossierAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/dossiers/{dossier}/as-of',
    takes: ['path', 'query'],
  },
  agencyDifference: {
    method: 'get',
    path: '/v1/agencies/{agency}/as-of/difference',
    takes: ['path', 'query'],
  },
  bookDifference: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/as-of/difference',
    takes: ['path', 'query'],
  },
  entryDifference: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/as-of/difference',
    takes: ['path', 'query'],
  },
  signatureDifference: {
    method: 'get',
    path: '/v1/agencies/{agency}/signatures/{id}/as-of/difference',
    takes: ['path', 'query'],
  },
  sealDifference: {
    method: 'get',
    path: '/v1/agencies/{agency}/seals/{id}/as-of/difference',
    takes: ['path', 'query'],
  },
  mandateDifference: {
    method: 'get',
    path: '/v1/agencies/{agency}/mandates/{id}/as-of/difference',
    takes: ['path', 'query'],
  },
  dossierDifference: {
    method: 'get',
    path: '/v1/agencies/{agency}/dossiers/{dossier}/as-of/difference',
    takes: ['path', 'query'],
  },
  booksAsOf: { method: 'get', path: '/v1/agencies/{agency}/as-of/books', takes: ['path', 'query'] },
  entriesAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/as-of/entries',
    takes: ['path', 'query'],
  },
  entriesDifference: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/as-of/entries/difference',
    takes: ['path', 'query'],
  },
  sealsAsOf: { method: 'get', path: '/v1/agencies/{agency}/as-of/seals', takes: ['path', 'query'] },
  mandatesAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/as-of/mandates',
    takes: ['path', 'query'],
  },
  signaturesAsOf: {
    method: 'get',
    path: '/v1/agencies/{agency}/as-of/signatures',
    takes: ['path', 'query'],
  },
  replayStream: { method: 'get', path: '/v1/agencies/{agency}/replay', takes: ['path', 'query'] },
  readFeed: { method: 'get', path: '/v1/agencies/{agency}/feed', takes: ['path', 'query'] },
  watchFeed: {
    method: 'get',
    path: '/v1/agencies/{agency}/feed/events',
    takes: ['path', 'query'],
    answers: 'stream',
  },
  readFeedOfEverything: { method: 'get', path: '/v1/feed', takes: ['query'] },
  watchFeedOfEverything: {
    method: 'get',
    path: '/v1/feed/events',
    takes: ['query'],
    answers: 'stream',
  },
  listAccessRecords: {
    method: 'get',
    path: '/v1/agencies/{agency}/access-records',
    takes: ['path', 'query'],
  },
  listAccessRecordsOfEverything: {
    method: 'get',
    path: '/v1/audit/access-records',
    takes: ['query'],
  },
  proveEntry: {
    method: 'get',
    path: '/v1/agencies/{agency}/books/{bookId}/entries/{number}/proof',
    takes: ['path'],
  },
  proveEvent: {
    method: 'get',
    path: '/v1/agencies/{agency}/audit/inclusion',
    takes: ['path', 'query'],
  },
  proveNumber: {
    method: 'get',
    path: '/v1/agencies/{agency}/audit/number',
    takes: ['path', 'query'],
  },
  proveDocument: {
    method: 'get',
    path: '/v1/agencies/{agency}/audit/document',
    takes: ['path', 'query'],
  },
  getAgencyBundle: {
    method: 'get',
    path: '/v1/agencies/{agency}/audit/bundle',
    takes: ['path', 'query'],
    answers: 'blob',
  },
  getCheckpoint: { method: 'get', path: '/v1/audit/checkpoint', takes: [] },
  listCheckpoints: { method: 'get', path: '/v1/audit/checkpoints', takes: ['query'] },
  sealLog: { method: 'post', path: '/v1/audit/checkpoints', takes: [] },
  listAuditKeys: { method: 'get', path: '/v1/audit/keys', takes: [] },
  proveConsistency: { method: 'get', path: '/v1/audit/consistency', takes: ['query'] },
  getBundle: { method: 'get', path: '/v1/audit/bundle', takes: ['query'], answers: 'blob' },
  registerAgency: { method: 'post', path: '/v1/agencies', takes: ['body'] },
  listAgencies: { method: 'get', path: '/v1/agencies', takes: ['query'] },
  getAgency: { method: 'get', path: '/v1/agencies/{agency}', takes: ['path'] },
  editAgency: { method: 'patch', path: '/v1/agencies/{agency}', takes: ['path', 'body'] },
  retireAgency: {
    method: 'post',
    path: '/v1/agencies/{agency}/retirement',
    takes: ['path', 'body'],
  },
  checkLive: { method: 'get', path: '/health/live', takes: [] },
  checkReady: { method: 'get', path: '/health/ready', takes: [] },
  checkReadyForCommands: { method: 'get', path: '/health/ready/commands', takes: [] },
  checkReadyForReads: { method: 'get', path: '/health/ready/reads', takes: [] },
  getMetrics: { method: 'get', path: '/metrics', takes: [], answers: 'text' },
  listProjections: { method: 'get', path: '/v1/projections', takes: [] },
  watchProjections: { method: 'get', path: '/v1/projections/events', takes: [], answers: 'stream' },
  askOfProjections: { method: 'post', path: '/v1/projections/tasks', takes: ['body'] },
  listProjectionTasks: {
    method: 'get',
    path: '/v1/projections/{projection}/tasks',
    takes: ['path'],
  },
  callOffProjectionTask: {
    method: 'post',
    path: '/v1/projections/{projection}/call-off',
    takes: ['path'],
  },
  retryProjection: {
    method: 'post',
    path: '/v1/projections/{projection}/retry',
    takes: ['path', 'body'],
  },
  skipProjectionEvent: {
    method: 'post',
    path: '/v1/projections/{projection}/skip',
    takes: ['path', 'body'],
  },
  getSignIn: { method: 'get', path: '/v1/sign-in', takes: [] },
  getMe: { method: 'get', path: '/v1/me', takes: [] },
  verifyCode: { method: 'get', path: '/xac-minh/{code}', takes: ['path'] },
  verifyFile: { method: 'post', path: '/xac-minh', takes: ['body'], form: true },
  issueDevelopmentToken: { method: 'post', path: '/v1/development/tokens', takes: ['body'] },
};
