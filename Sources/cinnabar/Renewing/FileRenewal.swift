import Anchoring
import Bytes
import Evidence
import Foundation
import Notary
import OpenSSL

/// Renews the evidence files of a folder: for holders who have no store. One token covers the records of all of them.
struct FileRenewal {
    private static let secondsPerDay: Int64 = 86_400
    /// As large as the server takes them.
    private static let fileLimitBytes = 64 << 20

    /// A record that is to be renewed, and where it stands.
    private struct Place {
        let path: String
        let aging: EvidenceFile.AgingRecord
    }

    private let folder: String
    private let authorities: [NotaryConfiguration.Authority]
    private let exchange: HTTPExchange
    private let now: Int64

    init(
        folder: String,
        authorities: [NotaryConfiguration.Authority],
        now: Int64 = UTCTime.now.seconds,
        exchange: @escaping HTTPExchange
    ) {
        self.folder = folder
        self.authorities = authorities
        self.exchange = exchange
        self.now = now
    }

    /// - Throws: ``CommandError`` when the folder does not read or no authority stamps. Every file is then as it was, or
    ///   renewed whole.
    func run(_ order: RenewalOrder) async throws -> JSONValue {
        var files: [String: EvidenceFile] = [:]
        var due: [DigestAlgorithm: [Place]] = [:]
        var groups: [String: FileGroup] = [:]
        var failures: [String] = []
        for path in try paths() {
            do {
                let (file, findings) = try EvidenceFile.reading(
                    InputFile.contents(of: path, limitBytes: Self.fileLimitBytes)
                )
                guard findings.isEmpty else { throw EvidenceError(.damagedMember, findings[0].message) }
                files[path] = file
                for aging in file.agingRecords {
                    let verified = try aging.record.verified(
                        over: aging.data,
                        trust: .roots(file.timestampRoots),
                        atSeconds: now
                    )
                    let algorithm = try aging.record.newestAlgorithm()
                    let isDue =
                        order.isOfHashTree
                        ? algorithm != .sha512
                        : verified.endSeconds <= now + Int64(order.days) * Self.secondsPerDay
                    let group = FileGroup(verified, algorithm, isDue: isDue)
                    groups[group.key, default: group].count += 1
                    if isDue {
                        due[order.isOfHashTree ? .sha512 : algorithm, default: []].append(
                            Place(path: path, aging: aging)
                        )
                    }
                }
            } catch {
                failures.append("\(path): \(Self.sentence(error))")
            }
        }
        var document: [String: JSONValue] = [
            "dryRun": .bool(order.isDryRun), "failed": .integer(failures.count),
            "failures": .array(failures.map { .string($0) }), "renewed": 0, "tokens": 0, "stampedBy": .null,
            "groups": .array(groups.sorted { $0.key < $1.key }.map(\.value.json)),
        ]
        guard !order.isDryRun, !due.isEmpty else { return .object(document) }
        var renewed: [String: [String: [UInt8]]] = [:]
        var roots: [SigningCertificate] = []
        var tokens = 0
        for (_, places) in due.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for start in stride(from: 0, to: places.count, by: RenewalRun.recordLimit) {
                let part = places[start..<min(start + RenewalRun.recordLimit, places.count)]
                let run = try RenewalRun(
                    order.isOfHashTree ? .hashTree(.sha512) : .timestamp,
                    of: part.map { ($0.aging.record, $0.aging.data) }
                )
                let (name, timestamp) = try await stamp(run.imprint, by: order.authority)
                document["stampedBy"] = .string(name)
                if let root = timestamp.root, !roots.contains(root) { roots.append(root) }
                for (place, record) in zip(part, try run.records(stampedBy: timestamp)) {
                    renewed[place.path, default: [:]][place.aging.id] = record
                }
                tokens += 1
            }
        }
        for (path, records) in renewed.sorted(by: { $0.key < $1.key }) {
            try write(files[path]?.renewing(records, trusting: roots), to: path)
        }
        document["renewed"] = .integer(renewed.values.reduce(0) { $0 + $1.count })
        document["tokens"] = .integer(tokens)
        return .object(document)
    }

    private func paths() throws -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw CommandError(
                "folder.unreadable",
                "The folder \(TerminalText.printable(folder)) cannot be read.",
                advice: "--files names a folder of .asice files.",
                status: .environment
            )
        }
        return names.filter { $0.hasSuffix(".asice") }.sorted().map { "\(folder)/\($0)" }
    }

    private func stamp(_ imprint: TimestampImprint, by name: String?) async throws -> (String, VerifiedTimestamp) {
        var failure = "no such authority is under timestamps.authorities of the configuration file"
        for authority in authorities where authority.name == name ?? authority.name {
            do {
                let client = TimestampClient(
                    url: authority.url,
                    trust: .roots(try authority.roots()),
                    demands: authority.demands,
                    clock: { UTCTime.now.seconds },
                    exchange: exchange
                )
                return (authority.name, try await client.timestamp(imprint: imprint))
            } catch {
                failure = "\(authority.name): \(Self.sentence(error))"
            }
        }
        throw CommandError(
            "authority.failed",
            "No authority gave a timestamp to renew by: \(TerminalText.printable(failure)).",
            advice: "Name one with its URL and roots under timestamps.authorities, and give the file with --config.",
            status: .environment
        )
    }

    /// Whole or not at all.
    private func write(_ file: EvidenceFile?, to path: String) throws {
        guard let file else { return }
        do {
            try Data(file.encoded()).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandError(
                "folder.unwritable",
                "\(TerminalText.printable(path)) cannot be written, and is as it was.",
                advice: "Check its permissions and the space left on the disk.",
                status: .environment
            )
        }
    }

    private static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as EvidenceError: error.message
        case let error as EvidenceRecordError: error.message
        case let error as TimestampError: error.message
        case let error as NotaryError: error.message
        case let error as CommandError: error.message
        default: "it cannot be reached"
        }
    }
}
