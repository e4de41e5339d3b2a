import Archives
import Notary
import Server
import Witnessing

extension CommandError {
    /// What `error` means for the person at the command line.
    init(_ error: any Error) {
        switch error {
        case let error as CommandError: self = error
        case let error as NotaryError:
            self.init(
                error.code.rawValue,
                error.message,
                advice: Self.advice(for: error.code),
                status: Self.status(of: error.code)
            )
        case let error as WitnessingError:
            let isUsage = error.code == .invalidKey
            self.init("witness.\(error.code)", error.message, status: isUsage ? .usage : .environment)
        case let error as ArchiveError:
            let isSurroundings = error.code == .decoderUnavailable
            self.init(
                "archive.\(error.code)",
                error.message,
                advice: isSurroundings ? "Is cinnabar-decoder installed beside cinnabar?" : nil,
                status: isSurroundings ? .environment : .doesNotHold
            )
        case let error as ControlSocketError:
            self.init("control.\(error.code.rawValue)", error.message, status: .environment)
        default:
            self.init(
                "unexpected",
                "Something failed that Cinnabar has no words for: \(TerminalText.printable("\(error)"))",
                advice: "Run it again with -vv and report what it logs.",
                status: .environment
            )
        }
    }

    private static func status(of code: NotaryError.Code) -> ExitStatus {
        switch code {
        case .invalidRequest, .invalidOrigin, .watchInvalid, .webhookRefused: .usage
        case .emptyFile, .fileTooLarge, .notAPicture, .pictureMalformed, .pictureTooSmall, .pictureTooLarge,
            .pictureTimedOut,
            .decoderFailed, .decoderDied, .idempotencyConflict, .unknownParent, .evidenceTooLarge,
            .unknownToken, .unknownOutsider, .watchUnknown, .erased, .copyDamaged, .unknownRegistration, .unknownSearch,
            .unknownMatch,
            .overlayNotYours,
            .overlayImpossible, .unknownIgnored, .tooManyIgnored, .tooMuchFeedback:
            .doesNotHold
        case .unknownAccount, .accountExists, .clockSetBack, .storeFailed, .busy, .verifierFailed, .authorityFailed,
            .notInitialized, .alreadyInitialized, .lockedByAnotherProcess, .guardMismatch, .keyUnusable,
            .calendarOff, .calendarUnusable, .proofUnavailable, .erasureInvalid, .logFrozen, .copyAbsent, .copyRefused,
            .copyBusy, .copyFailed:
            .environment
        }
    }

    private static func advice(for code: NotaryError.Code) -> String? {
        switch code {
        case .notInitialized: "Make one with `cinnabar init --origin log.example.com`, or name yours with --data."
        case .unknownToken: "`cinnabar tokens list` shows the ids."
        case .unknownOutsider: "`cinnabar anchors status` shows the names."
        case .unknownAccount: "`cinnabar accounts list` shows the accounts."
        case .fileTooLarge: "Register it with --digest-only, or raise limits.uploadBytes."
        case .decoderFailed: "Is cinnabar-decoder installed beside cinnabar?"
        case .storeFailed: "Look at the disk's space and health, then run the command again."
        default: nil
        }
    }
}
