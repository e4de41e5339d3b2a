/// Why the notary did not do what it was asked. The code's raw value is the stable `code` of an API's problem document.
public struct NotaryError: Error, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        case emptyFile = "file.empty"
        case fileTooLarge = "file.tooLarge"
        /// Declared a picture, and the bytes are none.
        case notAPicture = "picture.notAPicture"
        case pictureMalformed = "picture.malformed"
        case pictureTooSmall = "picture.tooSmall"
        case pictureTooLarge = "picture.tooLarge"
        case pictureTimedOut = "picture.timedOut"
        /// No decoder could be started.
        case decoderFailed = "picture.decoderFailed"
        /// The decoder died of this very file.
        case decoderDied = "picture.decoderDied"
        case invalidRequest = "request.invalid"
        case idempotencyConflict = "idempotency.conflict"
        case unknownParent = "parent.unknown"
        /// The log has ended; the message names the one that goes on.
        case logFrozen = "log.frozen"
        case unknownAccount = "account.unknown"
        case accountExists = "account.exists"
        case unknownToken = "token.unknown"
        /// No outsider of the configuration has this name.
        case unknownOutsider = "outsider.unknown"
        /// Our clock is behind the log, or leapt far ahead while running.
        case clockSetBack = "clock.setBack"
        /// A write failed; nothing more is registered until a restart has looked at what survived.
        case storeFailed = "store.failed"
        case busy = "server.busy"
        /// The record is gone, and only its entry in the log is left.
        case erased = "registration.erased"
        /// A file among the receipts of erasures is none.
        case erasureInvalid = "erasure.invalid"
        case unknownRegistration = "registration.unknown"
        /// There is no such kept search, or it has ended, or it is another account's.
        case unknownSearch = "search.unknown"
        /// The search has fewer matches.
        case unknownMatch = "match.unknown"
        /// The match is another account's, whose picture is not shown.
        case overlayNotYours = "overlay.notYours"
        /// One of the two pictures is not there.
        case overlayImpossible = "overlay.impossible"
        case unknownIgnored = "ignored.unknown"
        case tooManyIgnored = "ignored.tooMany"
        case tooMuchFeedback = "feedback.tooMuch"
        case evidenceTooLarge = "evidence.tooLarge"
        case verifierFailed = "verifier.failed"
        case authorityFailed = "authority.failed"
        /// The account has no such watch.
        case watchUnknown = "watch.unknown"
        case watchInvalid = "watch.invalid"
        /// The webhook may not be posted to.
        case webhookRefused = "webhook.refused"
        /// This server is no calendar.
        case calendarOff = "calendar.off"
        /// The calendar cannot carry digests on as it is configured.
        case calendarUnusable = "calendar.unusable"
        /// There is no OpenTimestamps proof of the file, or none can be.
        case proofUnavailable = "proof.unavailable"
        case notInitialized = "folder.notInitialized"
        case alreadyInitialized = "folder.alreadyInitialized"
        case lockedByAnotherProcess = "folder.locked"
        case invalidOrigin = "origin.invalid"
        /// The log and the guard file tell different stories.
        case guardMismatch = "guard.mismatch"
        case keyUnusable = "key.unusable"
        /// There is no store copy, or not that generation.
        case copyAbsent = "copy.absent"
        /// A file of a store copy is missing or was changed.
        case copyDamaged = "copy.damaged"
        /// The folder holds a copy of another log, or of a later state of this one.
        case copyRefused = "copy.refused"
        /// Another copy, restoration or check is at work there.
        case copyBusy = "copy.busy"
        /// A file of a store copy could not be read or written.
        case copyFailed = "copy.failed"
    }

    public let code: Code
    /// What happened and what to do about it, for whoever asked.
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
    public var description: String { "NotaryError.\(code): \(message)" }
}
