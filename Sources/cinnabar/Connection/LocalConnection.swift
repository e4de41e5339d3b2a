import Bytes
import Evidence
import Logging
import MerkleLog
import Notary
import Server

/// A data folder, opened in this process for one account.
final class LocalConnection: NotaryConnection {
    let notary: Notary
    let caller: Caller

    /// - Throws: `NotaryError` with `.unknownAccount`.
    init(_ notary: Notary, account: String) throws {
        self.notary = notary
        caller = try notary.localCaller(account: account)
    }

    func close() async { notary.close() }

    func register(
        _ file: any FileContent,
        _ form: RegistrationForm,
        progress: @escaping ByteProgress
    ) async throws -> JSONValue {
        let upload = try upload(file, progress)
        return try await notary.register(
            upload,
            request(form, channel: form.isImport ? .archiveImport : .upload),
            for: caller
        ).json
    }

    func register(_ digests: FileDigests, _ form: RegistrationForm) async throws -> JSONValue {
        let file = DeclaredFile(
            sha256: digests.sha256,
            sm3: digests.sm3,
            sizeBytes: digests.sizeBytes,
            mediaType: form.mediaType
        )
        return try await notary.register(file, request(form, channel: .digestOnly), for: caller).json
    }

    func register(batch lines: [UInt8]) async throws -> [UInt8] {
        try await DigestBatch(notary).answer(to: lines, for: caller)
    }

    func search(_ file: any FileContent, mediaType: String?, progress: @escaping ByteProgress) async throws -> JSONValue
    {
        let upload = try upload(file, progress)
        return try await notary.search(upload, declaredMediaType: mediaType, for: caller).json
    }

    func overlay(search: String, match: Int, widthPixels: Int) async throws -> [UInt8] {
        try await notary.overlay(ofSearch: search, match: match, widthPixels: widthPixels, for: caller)
    }

    func ignore(_ request: IgnoreRequest) async throws -> JSONValue {
        let what: Notary.Ignorable =
            switch request.what {
            case .registration(let id): .registration(LeafHash(id))
            case .match(let search, let number): .match(search: search, number)
            case .fingerprint(let fingerprint): .fingerprint(fingerprint)
            }
        return try notary.ignore(what, note: request.note, for: caller).json
    }

    func ignored() async throws -> JSONValue {
        ["ignored": .array(try notary.ignored(by: caller).map(\.json))]
    }

    func stopIgnoring(_ name: String) async throws { try notary.stopIgnoring(name, for: caller) }

    func giveFeedback(isRight: Bool, note: String?, search: String, match: Int) async throws -> JSONValue {
        try notary.recordFeedback(
            isRight ? .right : .wrong,
            note: note,
            onSearch: search,
            match: match,
            for: caller
        )
    }

    func feedback() async throws -> JSONValue { ["feedback": try notary.feedback(for: caller)] }

    func registration(_ id: Digest256) async throws -> JSONValue {
        if let registration = try notary.registration(LeafHash(id), for: caller) { return registration.json }
        guard let entry = try notary.publicEntry(LeafHash(id)) else { throw CommandError.unknownRegistration(id) }
        return entry
    }

    func evidenceFile(of id: Digest256, includingOriginal: Bool) async throws -> [UInt8] {
        guard
            let bytes = try await notary.evidenceFile(
                of: LeafHash(id),
                for: caller,
                includingOriginal: includingOriginal
            )
        else { throw CommandError.unknownRegistration(id) }
        return bytes
    }

    func checkpoint() async throws -> [UInt8] { notary.publishedCheckpoint }

    func trustBundle() async throws -> JSONValue { notary.trustBundle.json }

    func notices() async throws -> JSONValue { try notary.notices() }

    private func upload(_ file: any FileContent, _ progress: ByteProgress) throws -> Upload {
        let upload = notary.makeUpload()
        try file.forEachPiece(progress: progress) { try upload.append($0) }
        return upload
    }

    private func request(_ form: RegistrationForm, channel: Record.Channel) -> RegistrationRequest {
        RegistrationRequest(
            claim: form.claim,
            parents: form.parents,
            channel: channel,
            declaredMediaType: form.mediaType,
            idempotencyKey: form.idempotencyKey
        )
    }
}
