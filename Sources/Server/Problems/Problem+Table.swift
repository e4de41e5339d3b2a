import Evidence
import EvidenceStore
import HTTPTypes
import Notary

/// The one table from an error's code to a status.
extension Problem {
    /// Ours are told as they are. Of failures on our side (5xx) the client sees one sentence without paths or causes;
    /// those stand in the log under the request's id.
    ///
    /// - Parameter forOperator: Whether whoever asks may open the data folder, and so sees the whole sentence.
    init(_ error: any Error, forOperator: Bool = false) {
        switch error {
        case let error as ServerError:
            self.init(status: Self.status(of: error.code), code: error.code.rawValue, detail: error.message)
        case let error as NotaryError:
            let status = Self.status(of: error.code)
            self.init(
                status: status,
                code: error.code.rawValue,
                detail: status.kind == .serverError && !forOperator && error.code != .calendarUnusable
                    ? Self.sentence(for: status) : error.message
            )
        case let error as StoreError:
            // What the notary did not foresee of its store: nothing was registered, and the operator has to look.
            self.init(NotaryError(.storeFailed, error.message), forOperator: forOperator)
        case let error as EvidenceError:
            self.init(status: .unprocessableContent, code: "evidence.\(error.code.rawValue)", detail: error.message)
        case let error as JSONError:
            self.init(
                status: .badRequest,
                code: ServerError.Code.jsonMalformed.rawValue,
                detail: "The JSON does not read at byte \(error.offsetBytes): \(error.message)."
            )
        default:
            let status = HTTPResponse.Status.internalServerError
            self.init(status: status, code: ServerError.Code.unexpected.rawValue, detail: Self.sentence(for: status))
        }
    }

    private static func sentence(for status: HTTPResponse.Status) -> String {
        switch status {
        case .serviceUnavailable: "The server cannot do this now. Nothing was registered; try again later."
        default: "Something failed on our side. Give the operator the request's id."
        }
    }

    static func status(of code: ServerError.Code) -> HTTPResponse.Status {
        switch code {
        case .routeUnknown, .registrationUnknown, .logResourceUnknown: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .tokenMissing, .tokenInvalid: .unauthorized
        case .mediaTypeUnsupported: .unsupportedMediaType
        case .lengthRequired: .lengthRequired
        case .bodyTooSlow: .requestTimeout
        case .fileTooLarge, .uploadTooLarge, .partTooLarge: .contentTooLarge
        case .invalidRequest, .bodyTruncated, .idempotencyKeyInvalid, .jsonMalformed, .logPathInvalid, .boundaryInvalid,
            .multipartMalformed, .multipartTruncated, .partHeaderInvalid, .partHeaderTooLarge, .partsTooMany,
            .partUnknown, .partDuplicate, .partMissing:
            .badRequest
        case .fieldMissing, .fieldInvalid, .fieldUnknown: .unprocessableContent
        case .busy: .serviceUnavailable
        case .unexpected: .internalServerError
        }
    }

    static func status(of code: NotaryError.Code) -> HTTPResponse.Status {
        switch code {
        case .invalidRequest: .badRequest
        case .fileTooLarge, .evidenceTooLarge: .contentTooLarge
        case .emptyFile, .notAPicture, .decoderDied, .pictureMalformed, .pictureTooSmall, .pictureTooLarge,
            .pictureTimedOut,
            .unknownParent, .watchInvalid, .webhookRefused:
            .unprocessableContent
        case .idempotencyConflict, .accountExists, .logFrozen, .tooManyIgnored, .tooMuchFeedback: .conflict
        case .erased: .gone
        case .unknownAccount, .unknownToken, .unknownOutsider, .unknownRegistration, .unknownSearch, .unknownMatch,
            .overlayImpossible,
            .unknownIgnored, .watchUnknown, .calendarOff, .proofUnavailable:
            .notFound
        case .overlayNotYours: .forbidden
        case .decoderFailed, .clockSetBack, .storeFailed, .busy, .verifierFailed: .serviceUnavailable
        case .authorityFailed: .badGateway
        case .calendarUnusable: .serviceUnavailable
        case .notInitialized, .alreadyInitialized, .lockedByAnotherProcess, .invalidOrigin, .guardMismatch,
            .keyUnusable, .erasureInvalid:
            .internalServerError
        // Only the control socket answers these, and whoever may open it may read what the folders are called.
        case .copyAbsent: .notFound
        case .copyDamaged: .unprocessableContent
        case .copyRefused, .copyBusy, .copyFailed: .conflict
        }
    }
}
