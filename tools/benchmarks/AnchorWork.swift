import Anchoring
import Evidence
import Foundation
import Notary
import OpenSSL

/// What anchors cost: a million registrations beside one interval's commitments over them; and checking each kind, in
/// this process and by the stock tool for it, on evidence that `tools/run` left.
struct AnchorWork {
    let surroundings: Surroundings
    let scale: Scale

    /// Anchors of which the average is taken: processor time is exact to a clock tick.
    private static let anchorCount = 100
    private static let million = 1_000_000.0

    func round() async throws -> [Sample] { try await overhead() + checking() }

    // MARK: Overhead

    /// One interval: a checkpoint goes out once, however many registrations it covers.
    private func overhead() async throws -> [Sample] {
        let log = try TemporaryLog(surroundings)
        defer { log.close() }
        let before = ProcessFacts.current.processorSeconds
        var first = 0
        while first < scale.anchoredDigests {
            let items = try (first..<min(first + Self.batchSize, scale.anchoredDigests)).map { number in
                try log.notary.sealed(
                    BatchItem(DigestRegistrations.file(number), RegistrationRequest(channel: .digestOnly)),
                    for: log.caller
                )
            }
            _ = try await log.notary.sequence(items)
            first += items.count
        }
        let registering =
            (ProcessFacts.current.processorSeconds - before) * Self.million / Double(scale.anchoredDigests)
        var samples = [
            Sample("anchors.registering-a-million.cpu", registering, "s"),
            Sample("anchors.registering-a-million.bytes", log.megabytes * Self.million / Double(first), "MB"),
        ]
        let outsiders = try log.notary.anchorStatus()["outsiders"]?.arrayValue ?? []
        for name in outsiders.compactMap({ $0["name"]?.stringValue }) {
            samples += try await commitments(by: name, in: log, registering)
        }
        return samples
    }

    /// Each over a checkpoint of its own; what the registration between two of them takes is not counted. Of the bytes the
    /// median, for now and then the store writes what came before.
    private func commitments(by name: String, in log: TemporaryLog, _ registering: Double) async throws
        -> [Sample]
    {
        var seconds = 0.0
        var bytes: [Double] = []
        for number in 0..<Self.anchorCount {
            let item = try log.notary.sealed(
                BatchItem(
                    DigestRegistrations.file(scale.anchoredDigests + number),
                    RegistrationRequest(channel: .digestOnly)
                ),
                for: log.caller
            )
            _ = try await log.notary.sequence([item])
            let (began, written) = (ProcessFacts.current.processorSeconds, ProcessFacts.current.writtenBytes)
            _ = try await log.notary.retryAnchors(of: name, waits: true)
            seconds += ProcessFacts.current.processorSeconds - began
            bytes.append(ProcessFacts.current.writtenBytes - written)
        }
        let each = seconds / Double(Self.anchorCount)
        return [
            Sample("anchors.interval.\(name).cpu", each * 1000, "ms"),
            Sample("anchors.interval.\(name).bytes", bytes.sorted()[bytes.count / 2], "B written"),
            Sample("anchors.interval.\(name).share", 100 * each / registering, "% of a million's cpu"),
        ]
    }

    /// The sequencer's own limit.
    private static let batchSize = 4096

    // MARK: Checking

    /// Of the evidence file with the most anchors that lies in `run/evidence`, if there is one.
    private func checking() async throws -> [Sample] {
        guard let path = try Self.samples().max(by: { $0.anchors < $1.anchors })?.path else {
            throw BenchmarkError("There is no evidence file in run/evidence: run tools/run first.")
        }
        let bytes = try contents(of: path)
        let (file, _) = try EvidenceFile.reading(bytes)
        var samples: [Sample] = []
        for folder in file.checkpointFolders {
            guard let checkpoint = file.outgoingCheckpoint(of: folder) else { continue }
            let anchors = file.anchors(of: folder).map { AnchorFile(name: $0.name, bytes: $0.bytes) }
            for anchor in anchors {
                guard let kind = AnchorKinds.kind(of: anchor.name) else { continue }
                let (_, seconds) = await timed {
                    for _ in 0..<scale.verifications {
                        _ = kind.judgement(of: anchor, over: checkpoint, companions: anchors, trust: AnchorTrust())
                    }
                }
                samples.append(Self.sample("in-process", anchor.name, seconds / Double(scale.verifications)))
            }
            for anchor in anchors where anchor.name.hasSuffix(".tsr") {
                let roots = try file.trustMembers.filter { $0.name.hasPrefix("tsa-") }
                    .flatMap { try SigningCertificate.list(pem: String(decoding: $0.bytes, as: UTF8.self)) }
                let (_, seconds) = try await timed {
                    for _ in 0..<scale.verifications {
                        _ = try UnverifiedTimestamp(response: anchor.bytes)
                            .verified(data: checkpoint.signed, trust: .roots(roots))
                    }
                }
                samples.append(Self.sample("in-process", anchor.name, seconds / Double(scale.verifications)))
            }
        }
        return try samples + stockTools(path)
    }

    /// The seconds that each tool took, a program run for each, as a court would.
    private func stockTools(_ path: String) throws -> [Sample] {
        let arguments = [path, "--no-install", "--no-tampering", "--json"]
        let verifier = ["--verifier", surroundings.programs + "/cinnabar-verify"]
        let run = try ProgramRun("tools/crosscheck", arguments + verifier, keepsOutput: true)
        let report = try JSONValue(parsing: [UInt8](run.output(until: { _ in false })))
        run.process.waitUntilExit()
        return (report["checks"]?.arrayValue ?? []).compactMap { check in
            guard check["status"] == "passed", case .number(let seconds)? = check["seconds"],
                let tool = check["tool"]?.stringValue, let subject = check["subject"]?.stringValue
            else { return nil }
            return Self.sample(tool, subject, Double(seconds) ?? 0)
        }
    }

    private static func sample(_ tool: String, _ subject: String, _ seconds: Double) -> Sample {
        let name = "\(subject).\(tool)".map { $0.isLetter || $0.isNumber || ".-".contains($0) ? $0 : "-" }
        return Sample("anchors.check.\(String(name))", seconds * 1000, "ms")
    }

    private static func samples() throws -> [(path: String, anchors: Int)] {
        let folder = "run/evidence"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.filter { $0.hasSuffix(".asice") }.sorted().map { name in
            let (file, _) = try EvidenceFile.reading(contents(of: "\(folder)/\(name)"))
            return ("\(folder)/\(name)", file.checkpointFolders.map { file.anchors(of: $0).count }.reduce(0, +))
        }
    }
}
